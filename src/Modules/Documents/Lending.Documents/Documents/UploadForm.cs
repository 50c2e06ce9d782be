using System.Text;
using Lending.Documents.Checks;
using Lending.Documents.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Lending.Documents.Documents;

/// <summary>Reads the form of an upload as it arrives: a few fields and one file, which is written to the disk, encrypted, as it comes.</summary>
internal sealed class UploadForm(string folder, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The longest form.</summary>
    public const int MaximumFormBytes = ICustomerDocuments.MaximumFileBytes + (64 * 1024);

    private const int MostSections = 10;
    private const int LongestField = 200;
    private const string FileField = "file";

    private static readonly string[] FieldNames = ["customerId", "kind", "requestId"];

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private readonly List<FieldError> errors = [];

    /// <summary>The file; null where none came.</summary>
    public IncomingFile? File { get; private set; }

    /// <summary>Reads all of it. Answers why it is refused, or null.</summary>
    public async Task<Problem?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var reader = request.ReadParts();
            for (var count = 0; await reader.ReadNextSectionAsync(ct) is { } section; count++)
            {
                if (count == MostSections)
                {
                    return Malformed;
                }
                if (await ReadSectionAsync(section, ct) is { } problem)
                {
                    // Whoever is still sending would not read the answer, and see a broken connection instead.
                    await request.Body.CopyToAsync(Stream.Null, ct);
                    return problem;
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return Malformed;
        }
        return null;
    }

    /// <summary>What the form says, for a caller who is this customer, or staff; or why it is refused.</summary>
    public (Upload? Upload, Problem? Problem) Read(Guid? customerScope)
    {
        if (File is not { IsThere: true } file)
        {
            return (null, Problem.From(FileErrors.NoFile));
        }
        var customerId = IdOf("customerId") ?? customerScope;
        if (customerId is null && !fields.ContainsKey("customerId"))
        {
            AddError("customerId", "required", "Say whose document it is.");
        }
        var requestId = IdOf("requestId");
        var kind = Enum.GetValues<DocumentKind>()
            .Cast<DocumentKind?>()
            .FirstOrDefault(one => EnumText.Of(one!.Value) == fields.GetValueOrDefault("kind"));
        if (kind is null)
        {
            AddError("kind", "invalid", $"One of {EnumText.NamesOf<DocumentKind>()}.");
        }
        return errors.Count > 0 ? (null, Problem.Invalid(errors)) : (file.As(customerId!.Value, kind!.Value, requestId), null);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => File?.DisposeAsync() ?? default;

    private static Problem Malformed => Problem.Of(StatusCodes.Status400BadRequest, "malformed-form", "The form cannot be read.");

    private static Problem TooLarge =>
        Problem.Of(StatusCodes.Status413PayloadTooLarge, FileErrors.TooLarge.Code, FileErrors.TooLarge.Message);

    private async Task<Problem?> ReadSectionAsync(MultipartSection section, CancellationToken ct)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            return Malformed;
        }
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
        if (name == FileField && File is null && NameIn(disposition) is { } given)
        {
            return await ReadFileAsync(section, given, ct);
        }
        if (name is null || name == FileField)
        {
            return Problem.From(FileErrors.NoFile);
        }
        if (!FieldNames.Contains(name, StringComparer.Ordinal) || fields.ContainsKey(name))
        {
            AddError(
                name.Length > LongestField ? name[..LongestField] : name,
                "unknown-field",
                "Each field is one of those that are known, once."
            );
            return null;
        }
        var value = new byte[LongestField + 1];
        var length = await section.Body.ReadAtLeastAsync(value, value.Length, throwOnEndOfStream: false, ct);
        if (length > LongestField)
        {
            return Malformed;
        }
        fields.Add(name, Encoding.UTF8.GetString(value, 0, length));
        return null;
    }

    private static string? NameIn(ContentDispositionHeaderValue disposition) =>
        disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value
        : disposition.FileName.HasValue ? HeaderUtilities.UnescapeAsQuotedString(disposition.FileName).Value
        : null;

    private async Task<Problem?> ReadFileAsync(MultipartSection section, string given, CancellationToken ct)
    {
        File = new IncomingFile(folder, Guid.CreateVersion7(clock.GetUtcNow()));
        var refusal = await File.ReadAsync(given, section.ContentType, section.Body, ct);
        return refusal is null ? null
            : refusal == FileErrors.TooLarge ? TooLarge
            : Problem.From(refusal);
    }

    private Guid? IdOf(string name)
    {
        if (!fields.TryGetValue(name, out var text))
        {
            return null;
        }
        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }
        AddError(name, "invalid", "This is no id.");
        return null;
    }

    private void AddError(string name, string code, string reason) => errors.Add(new FieldError(name, code, reason));
}
