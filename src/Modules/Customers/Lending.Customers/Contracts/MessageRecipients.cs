using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;

namespace Lending.Customers.Contracts;

/// <summary>Customers are written to in the language that they chose, whoever causes the message: of two applicants, one may cause the other's.</summary>
internal sealed class MessageRecipients(OrganizationSql sql) : IMessageRecipients
{
    public async Task<string?> FindLanguageAsync(Guid customerId, CancellationToken ct) =>
        await sql.ReadAsync(
            $"SELECT language FROM customers.customers WHERE {sql.OfOrganization} AND id = {customerId}",
            row => row.IsDBNull(0) ? null : row.GetString(0),
            ct
        )
            is [var language]
            ? language
            : null;
}
