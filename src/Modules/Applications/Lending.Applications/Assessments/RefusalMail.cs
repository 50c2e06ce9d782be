using Lending.Applications.Bureau;
using Lending.Applications.CreditApplications;
using Lending.Applications.Scoring;
using Lending.Applications.Wordings;
using Lending.Customers.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;
using Microsoft.Extensions.Options;

namespace Lending.Applications.Assessments;

/// <summary>
/// Tells each applicant at once that there is no loan (Art. 18 and 19 (6) of Directive (EU) 2023/2225): why, that it was automated where it was, how to contest it, what a
/// credit bureau answered, and who helps with debts. Of two, each is told only their own answer of the bureau.
/// </summary>
internal sealed class RefusalMail(
    INotifications notifications,
    IMessageSenders senders,
    ICustomerDirectory customers,
    ICustomerLinks links,
    IOptions<BureauOptions> bureau,
    Caller caller
)
{
    /// <summary>Tells them.</summary>
    /// <param name="application">What was refused.</param>
    /// <param name="decision">What the policy says of it.</param>
    /// <param name="inquiries">What bureaus answered.</param>
    /// <param name="named">Why a person refused it; null where none did.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task SendAsync(
        CreditApplication application,
        StoredDecision decision,
        IReadOnlyList<ScoreInquiry> inquiries,
        IReadOnlyList<string>? named,
        CancellationToken ct
    )
    {
        var sender = await senders.GetAsync(caller.OrganizationId, ct);
        var all = ToldReasons.Of(decision, named).ToList();
        var told = application.SecondCustomerId is null ? all : ToldReasons.ForOneOfTwo(all);
        foreach (var customerId in application.CustomerIds)
        {
            // Whom an erasure has just taken away cannot be told.
            if (await customers.HoldAsync(customerId, ct) is not { } customer)
            {
                continue;
            }
            var wording = Wording.Of(customer.Language ?? sender.Language);
            var reasons = told.Select(reason =>
                $"{wording.Reason(reason.Code)} {wording.WouldPass(reason.Counterfactual, application.Currency)}".Trim()
            );
            var link = await links.CreateAsync(customer, ct);
            var inquiry = inquiries.LastOrDefault(asked => asked.CustomerId == customerId);
            await notifications.SendAsync(
                Message.ApplicationDeclined(
                    customer.Email,
                    customer.Id,
                    customer.FullName,
                    reasons: string.Join(" ", reasons),
                    how: named is null ? $"{wording.ByRules} {wording.Procedure}" : wording.ByPerson,
                    bureau: inquiry is null ? wording.NoBureau : wording.Bureau(bureau.Value.Name, bureau.Value.Contact, inquiry),
                    rights: wording.Rights,
                    debtAdvice: wording.DebtAdvice,
                    new PageLink(link.LinkId, link.Token)
                ),
                ct
            );
        }
    }
}
