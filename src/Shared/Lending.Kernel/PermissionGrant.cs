namespace Lending.Kernel;

/// <summary>
/// Which roles have a permission. Each module registers one for each permission of its own, as a singleton service; Identity gathers them and
/// writes them into access tokens.
/// </summary>
/// <param name="Permission">The permission's name, such as <c>customers:read</c>.</param>
/// <param name="Roles">The roles that have it.</param>
public sealed record PermissionGrant(string Permission, params IReadOnlyCollection<Role> Roles);
