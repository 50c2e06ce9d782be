using System.ComponentModel.DataAnnotations;
using Lending.Kernel;

namespace Lending.Identity.SecondFactors;

/// <summary>Who has to have a second factor; configuration section <c>SecondFactor</c>.</summary>
internal sealed class SecondFactorOptions : IValidatableObject
{
    public const string Section = "SecondFactor";

    /// <summary>The roles; an empty text stands for none. Default: ADMIN and UNDERWRITER; in Development none.</summary>
    public string[]? RequiredRoles { get; set; }

    /// <summary>Whether users of this role have to have one.</summary>
    public bool Requires(Role role) => RequiredRoles!.Contains(role.ToString(), StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        RequiredRoles!
            .Where(role => role.Length > 0 && !Enum.GetNames<Role>().Contains(role, StringComparer.OrdinalIgnoreCase))
            .Select(role => new ValidationResult(
                $"{Section}__RequiredRoles: '{role}' is no role; allowed are ADMIN, INSTALLER, UNDERWRITER and CUSTOMER."
            ));
}
