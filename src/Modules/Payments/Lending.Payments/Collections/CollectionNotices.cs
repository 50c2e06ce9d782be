using System.Globalization;
using Lending.Customers.Contracts;
using Lending.Notifications.Contracts;
using Lending.Payments.Creditors;
using Lending.Payments.Mandates;
using Lending.Platform.Security;

namespace Lending.Payments.Collections;

/// <summary>Tells customers what will be collected from them: the scheme asks for amount, day, mandate and creditor, some days before.</summary>
internal sealed class CollectionNotices(ICustomerDirectory customers, IMessageSenders senders, INotifications notifications, Caller caller)
{
    /// <summary>Queues a mail for each debit, in the caller's transaction. Who was erased gets none.</summary>
    public async Task SendAsync(
        Creditor creditor,
        IReadOnlyCollection<Collection> collections,
        IReadOnlyDictionary<Guid, Mandate> mandates,
        CancellationToken ct
    )
    {
        var sender = await senders.GetAsync(caller.OrganizationId, ct);
        foreach (var collection in collections)
        {
            if (await customers.HoldAsync(collection.CustomerId, ct) is { Email.Length: > 0 } customer)
            {
                var (language, dayFormat) = (customer.Language ?? sender.Language) == "de" ? ("de", "d. MMMM yyyy") : ("en", "d MMMM yyyy");
                var culture = CultureInfo.GetCultureInfo(language);
                var mandate = mandates[collection.MandateId];
                var notice = Message.DirectDebitNotice(
                    customer.Email,
                    customer.Id,
                    customer.FullName,
                    $"{collection.Amount.ToString("N2", culture)} EUR",
                    collection.CollectOn.ToString(dayFormat, culture),
                    Sepa.Iban.Mask(mandate.Iban.Text),
                    mandate.Reference,
                    creditor.Identifier
                );
                await notifications.SendAsync(notice, ct);
            }
        }
    }
}
