using System.Collections.Concurrent;
using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Disclosures.Contracts;
using Lending.Documents.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Security;

namespace Lending.Portal.Tests;

/// <summary>What there is of customers because a test said so, and what was done to it.</summary>
internal sealed class MadeUp
{
    /// <summary>Whose links they are.</summary>
    public ConcurrentDictionary<CustomerLinkKey, Guid> Links { get; } = new();

    /// <summary>The sessions that are open.</summary>
    public ConcurrentDictionary<(Guid LinkId, string Session), bool> Open { get; } = new();

    public ConcurrentDictionary<Guid, (Guid CustomerId, AskedDocument Asked)> Documents { get; } = new();

    /// <summary>What a file for a request is refused with.</summary>
    public ConcurrentDictionary<Guid, string> Refusals { get; } = new();

    /// <summary>What was sent for requests.</summary>
    public ConcurrentQueue<(Guid RequestId, string Name, string? ContentType, byte[] Content)> Sent { get; } = new();

    public ConcurrentDictionary<Guid, (Guid CustomerId, ExplainedDecision Decision)> Applications { get; } = new();

    /// <summary>The forms of offers, for who has the link to one.</summary>
    public ConcurrentDictionary<Guid, GivenForm> FormsOfOffers { get; } = new();

    /// <summary>The forms of customers, by disclosure.</summary>
    public ConcurrentDictionary<Guid, (Guid CustomerId, ListedForm Listed, GivenForm Form)> Forms { get; } = new();

    /// <summary>The reviews that were demanded.</summary>
    public ConcurrentQueue<(Guid ApplicationId, string? Comment)> Demanded { get; } = new();
}

/// <summary>Links whose code is always the same. The caller acts for whom a link is, as with the real ones.</summary>
internal sealed class FakeLinks(MadeUp known, Caller caller) : ICustomerLinks
{
    public const string Code = "123456";

    public Task<CustomerLinkKey> CreateAsync(CustomerSummary customer, CancellationToken ct) => throw new NotSupportedException();

    public Task<OpenedLink?> OpenAsync(CustomerLinkKey key, string session, CancellationToken ct)
    {
        if (!known.Links.TryGetValue(key, out var customerId))
        {
            return Task.FromResult<OpenedLink?>(null);
        }
        caller.ActFor(FakeOrganizations.Id, MailedLink.Bearer, customerId);
        return Task.FromResult<OpenedLink?>(new(FakeOrganizations.Id, customerId, known.Open.ContainsKey((key.LinkId, session))));
    }

    public Task<Error?> SendCodeAsync(CustomerLinkKey key, string session, CancellationToken ct) =>
        Task.FromResult(known.Links.ContainsKey(key) ? null : MailedLink.Invalid);

    public Task<Error?> ConfirmAsync(CustomerLinkKey key, string session, string digits, CancellationToken ct)
    {
        var error =
            !known.Links.ContainsKey(key) ? MailedLink.Invalid
            : digits != Code ? MailedLink.CodeWrong
            : null;
        if (error is null)
        {
            known.Open[(key.LinkId, session)] = true;
        }
        return Task.FromResult(error);
    }
}

/// <summary>Documents of customers.</summary>
internal sealed class FakeDocuments(MadeUp known, Caller caller) : ICustomerDocuments
{
    public Task<IReadOnlyList<AskedDocument>> ListAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<AskedDocument>>([
            .. known.Documents.Values.Where(one => one.CustomerId == caller.CustomerScope).Select(one => one.Asked),
        ]);

    public async Task<Error?> SendAsync(Guid requestId, SentFile file, CancellationToken ct)
    {
        if (!known.Documents.TryGetValue(requestId, out var asked) || asked.CustomerId != caller.CustomerScope)
        {
            return Error.Validation("unknown-request", "");
        }
        using var content = new MemoryStream();
        await file.Content.CopyToAsync(content, ct);
        if (known.Refusals.TryGetValue(requestId, out var code))
        {
            return Error.Validation(code, "");
        }
        known.Sent.Enqueue((requestId, file.Name, file.ContentType, content.ToArray()));
        return null;
    }
}

/// <summary>Forms that were given because a test said so.</summary>
internal sealed class FakeForms(MadeUp known, Caller caller) : IGivenForms
{
    public Task<bool> IsGivenAsync(Guid offerId, string documentHash, CancellationToken ct) =>
        Task.FromResult(known.FormsOfOffers.ContainsKey(offerId));

    public Task<GivenForm?> ReadAsync(Guid offerId, string documentHash, CancellationToken ct) =>
        Task.FromResult(known.FormsOfOffers.GetValueOrDefault(offerId));

    public Task<IReadOnlyList<ListedForm>> ListAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ListedForm>>([
            .. known.Forms.Values.Where(one => one.CustomerId == caller.CustomerScope).Select(one => one.Listed),
        ]);

    public Task<GivenForm?> ReadAsync(Guid disclosureId, CancellationToken ct) =>
        Task.FromResult(known.Forms.TryGetValue(disclosureId, out var one) && one.CustomerId == caller.CustomerScope ? one.Form : null);
}

/// <summary>Decisions on applications of customers.</summary>
internal sealed class FakeApplications(MadeUp known, Caller caller) : ICustomerApplications
{
    public Task<IReadOnlyList<CustomerApplication>> ListAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CustomerApplication>>([
            .. known.Applications.Values.Where(one => one.CustomerId == caller.CustomerScope).Select(one => one.Decision.Application),
        ]);

    public Task<ExplainedDecision?> ReadDecisionAsync(Guid applicationId, string language, CancellationToken ct) =>
        Task.FromResult(Find(applicationId));

    public Task<Error?> RequestReviewAsync(Guid applicationId, string? comment, CancellationToken ct)
    {
        if (Find(applicationId) is not { } decision)
        {
            return Task.FromResult<Error?>(Error.NoSuchThing);
        }
        known.Demanded.Enqueue((applicationId, comment));
        var application = decision.Application with { Status = ApplicationStatus.ReviewRequested };
        known.Applications[applicationId] = (
            caller.CustomerScope!.Value,
            decision with
            {
                Application = application,
                CanRequestReview = false,
            }
        );
        return Task.FromResult<Error?>(null);
    }

    private ExplainedDecision? Find(Guid id) =>
        known.Applications.TryGetValue(id, out var one) && one.CustomerId == caller.CustomerScope ? one.Decision : null;
}

/// <summary>One organisation.</summary>
internal sealed class FakeOrganizations : IOrganizationDirectory
{
    public static readonly Guid Id = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b00");

    public ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        ValueTask.FromResult(
            new OrganizationSummary(organizationId, "Solar GmbH", "EUR", "Europe/Berlin", ApprovalTier.Default)
            {
                DisplayName = "Sonnendach",
                Color = "#7a1f5c",
            }
        );

    public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) => GetAsync(organizationId, ct).AsTask();

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => throw new NotSupportedException();
}
