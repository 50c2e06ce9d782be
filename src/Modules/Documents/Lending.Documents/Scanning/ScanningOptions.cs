using System.ComponentModel.DataAnnotations;

namespace Lending.Documents.Scanning;

/// <summary>Who looks for viruses; configuration section <c>Documents</c>.</summary>
internal sealed class ScanningOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Documents";

    /// <summary>Where clamd listens: the path of its socket, or <c>127.0.0.1:3310</c>. Empty: there is none.</summary>
    public string? Clamd { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Clamd is { Length: > 0 } address && !ClamdAddress.TryParse(address, out _))
        {
            yield return new(
                $"{Section}__Clamd must be the path of a socket, or 127.0.0.1 or [::1] with a port: clamd asks nobody for a password."
            );
        }
    }
}
