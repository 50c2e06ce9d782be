using Lending.Platform.Encryption;

namespace Lending.Customers.Profiles;

/// <summary>The encrypted columns of customers, for SQL.</summary>
internal static class CustomerColumns
{
    private const string Table = "customers.customers";

    public static readonly EncryptedColumn Email = new(Table, "email");
    public static readonly EncryptedColumn PhoneNumber = new(Table, "phone_number");
    public static readonly EncryptedColumn AddressLine1 = new(Table, "address_line1");
    public static readonly EncryptedColumn AddressLine2 = new(Table, "address_line2");
}
