using FastEndpoints;
using FluentValidation;
using Lending.Platform.Http;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>What can be set of a permission group.</summary>
internal sealed record PermissionGroupRequest : IPatchable
{
    /// <summary>The name, up to 100 characters; unique in the organisation.</summary>
    /// <example>Trainees</example>
    public required string Name { get; init; } = "";

    /// <summary>
    /// Of the permissions of installers and underwriters, those that the group's users keep. Their own account and the view of the organisation
    /// (`account:own`, `organization:all`) are always among them.
    /// </summary>
    /// <example>["customers:read","offers:read"]</example>
    public required IReadOnlyList<string> Permissions { get; init; } = [];

    internal sealed class Validator : Validator<PermissionGroupRequest>
    {
        private const int MaximumPermissions = 100;

        public Validator()
        {
            RuleFor(request => request.Name).NotEmpty().MaximumLength(PermissionGroup.MaximumNameLength);
            RuleFor(request => request.Permissions)
                .Cascade(CascadeMode.Stop)
                .NotNull()
                .Must(permissions => permissions.Count <= MaximumPermissions && permissions.All(permission => permission is not null))
                .WithErrorCode("invalid-permissions")
                .WithMessage("Name permissions, each once.");
        }
    }
}
