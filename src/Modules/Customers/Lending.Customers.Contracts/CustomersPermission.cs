namespace Lending.Customers.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class CustomersPermission
{
    /// <summary>Read customers.</summary>
    public const string CustomersRead = "customers:read";

    /// <summary>Create, change, invite and delete customers.</summary>
    public const string CustomersWrite = "customers:write";

    /// <summary>Get a copy of everything that is stored about a customer.</summary>
    public const string CustomersExport = "customers:export";

    /// <summary>Erase a customer whom nothing binds any more, and see what is kept of them.</summary>
    public const string CustomersErase = "customers:erase";

    /// <summary>Say what is deleted when it is old, and see what was.</summary>
    public const string RetentionManage = "retention:manage";

    /// <summary>Give consent to something and take it back, oneself or as told by the customer.</summary>
    public const string ConsentsWrite = "consents:write";

    /// <summary>Give customers to another user to look after.</summary>
    public const string CustomersAssign = "customers:assign";
}
