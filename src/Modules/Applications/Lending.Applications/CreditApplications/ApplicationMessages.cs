using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;

namespace Lending.Applications.CreditApplications;

/// <summary>
/// Tells applicants how far their application has come, in the transaction of the change. A refusal has a mail of its own. Of two who apply, one who acts alone sees
/// nothing of the other, so only they are told. Staff are told what became of an application that they started, and what waits for somebody to look at it.
/// </summary>
internal sealed class ApplicationMessages(ICustomerDirectory customers, IStaffDirectory staff, INotifications notifications)
{
    /// <summary>Tells of the application's latest transition.</summary>
    public async Task SendAsync(CreditApplication application, CancellationToken ct)
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
        if (kind is not null)
        {
            await SendAsync(application, to => Message.OfApplication(kind.Value, to.Email, to.Id, to.FullName, application.Id), ct);
        }
        await TellStaffAsync(application, await WaitingAsync(application, ct), EnumText.Of(application.Status), ct);
    }

    /// <summary>Tells what is to be brought before the application is approved.</summary>
    public Task SendConditionsAsync(CreditApplication application, IReadOnlyList<string> conditions, CancellationToken ct) =>
        SendAsync(application, to => Message.ApplicationConditional(to.Email, to.Id, to.FullName, application.Id, conditions), ct);

    /// <summary>Tells who decides, or where they do not work here any more all who may, that all documents are approved that its conditions ask for.</summary>
    public async Task SendConditionsMetAsync(CreditApplication application, CancellationToken ct)
    {
        var claimer = application.ClaimedById is { } id ? await FindAsync(id, application.ClaimedByUsername!, ct) : [];
        await TellStaffAsync(application, claimer.Count > 0 ? claimer : await ListDecidersAsync(ct), "CONDITIONS_MET", ct);
    }

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

    private async Task TellStaffAsync(
        CreditApplication application,
        IReadOnlyList<StaffMember> waiting,
        string status,
        CancellationToken ct
    )
    {
        if (waiting.Count == 0 || await FindCustomerAsync(application, ct) is not { } customer)
        {
            return;
        }
        foreach (var member in waiting)
        {
            await notifications.SendAsync(Message.ApplicationNews(member.Email, member.Id, customer.FullName, application.Id, status), ct);
        }
    }

    private async Task<IReadOnlyList<StaffMember>> WaitingAsync(CreditApplication application, CancellationToken ct)
    {
        var (step, maker) = (application.History[^1], application.CreatedBy);
        if (step.To == ApplicationStatus.ReviewRequested)
        {
            return await ListDecidersAsync(ct);
        }
        var isDecided = step.To is ApplicationStatus.Approved or ApplicationStatus.Conditional or ApplicationStatus.Declined;
        // Who did it themselves knows, and customers have messages of their own.
        return isDecided && step.By.Id != maker.Id ? await FindAsync(maker.Id, maker.Username, ct) : [];
    }

    private async Task<IReadOnlyList<StaffMember>> ListDecidersAsync(CancellationToken ct) =>
        await staff.ListAsync(Role.Underwriter, ct) is { Count: > 0 } underwriters ? underwriters : await staff.ListAsync(Role.Admin, ct);

    private async Task<IReadOnlyList<StaffMember>> FindAsync(Guid userId, string username, CancellationToken ct) =>
        await staff.FindEmailAsync(userId, ct) is { } email ? [new(userId, username, email)] : [];

    private async Task<CustomerSummary?> FindCustomerAsync(CreditApplication application, CancellationToken ct)
    {
        foreach (var customerId in application.CustomerIds)
        {
            if (await customers.HoldAsync(customerId, ct) is { } customer)
            {
                return customer;
            }
        }
        return null;
    }
}
