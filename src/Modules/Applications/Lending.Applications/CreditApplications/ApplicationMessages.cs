using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Notifications.Contracts;

namespace Lending.Applications.CreditApplications;

/// <summary>
/// Tells applicants how far their application has come, in the transaction of the change. A refusal has a mail of its own. Of two who apply, one who acts alone sees
/// nothing of the other, so only they are told.
/// </summary>
internal sealed class ApplicationMessages(ICustomerDirectory customers, INotifications notifications)
{
    /// <summary>Tells of the application's latest transition.</summary>
    public Task SendAsync(CreditApplication application, CancellationToken ct)
    {
        MessageKind? kind = application.History[^1] switch
        {
            { To: ApplicationStatus.Submitted } => MessageKind.ApplicationReceived,
            { To: ApplicationStatus.InReview, From: ApplicationStatus.Assessing } => MessageKind.ApplicationInReview,
            { To: ApplicationStatus.Approved } => MessageKind.ApplicationApproved,
            { To: ApplicationStatus.ReviewRequested } => MessageKind.ApplicationReviewRequested,
            // Of a draft, nobody has heard.
            { To: ApplicationStatus.Withdrawn, From: not ApplicationStatus.Draft } => MessageKind.ApplicationWithdrawn,
            { To: ApplicationStatus.Expired, From: not ApplicationStatus.Draft } => MessageKind.ApplicationExpired,
            _ => null,
        };
        return kind is null
            ? Task.CompletedTask
            : SendAsync(application, to => Message.OfApplication(kind.Value, to.Email, to.Id, to.FullName, application.Id), ct);
    }

    /// <summary>Tells what is to be brought before the application is approved.</summary>
    public Task SendConditionsAsync(CreditApplication application, IReadOnlyList<string> conditions, CancellationToken ct) =>
        SendAsync(application, to => Message.ApplicationConditional(to.Email, to.Id, to.FullName, application.Id, conditions), ct);

    private async Task SendAsync(CreditApplication application, Func<CustomerSummary, Message> write, CancellationToken ct)
    {
        foreach (var customerId in application.CustomerIds)
        {
            if (await customers.HoldAsync(customerId, ct) is { } customer)
            {
                await notifications.SendAsync(write(customer), ct);
            }
        }
    }
}
