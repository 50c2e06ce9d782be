namespace Lending.NewModule.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class NewModulePermission
{
    /// <summary>Read new entities.</summary>
    public const string NewEntitiesRead = "new-entities:read";
}
