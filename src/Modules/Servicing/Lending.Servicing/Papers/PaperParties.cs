using Lending.Customers.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Servicing.Papers;

/// <summary>Who writes a paper to whom.</summary>
/// <param name="Lender">What the organisation calls itself.</param>
/// <param name="Language">The language in which it writes to this customer, where nobody asks for another one.</param>
/// <param name="CustomerName">The borrower; empty once the borrower was erased.</param>
/// <param name="CustomerAddress">The address in lines, without the name.</param>
/// <param name="CustomerEmail">Where the borrower is written to by mail.</param>
internal sealed record PaperParties(string Lender, string Language, string CustomerName, string CustomerAddress, string CustomerEmail);

/// <summary>Looks up who writes to whom, as it is today.</summary>
internal sealed class PartiesReader(ICustomerDirectory customers, IMessageSenders senders, Transactions transactions, Caller caller)
{
    public async Task<PaperParties> ReadAsync(Guid customerId, CancellationToken ct)
    {
        // The customer stays until it is read, so there is a transaction.
        await using var own = transactions.IsOpen ? null : await transactions.BeginAsync(ct);
        var customer = await customers.HoldAsync(customerId, ct);
        var sender = await senders.GetAsync(caller.OrganizationId, ct);
        return new(
            sender.Name,
            customer?.Language ?? sender.Language,
            customer?.FullName ?? "",
            customer?.PostalAddress ?? "",
            customer?.Email ?? ""
        );
    }
}
