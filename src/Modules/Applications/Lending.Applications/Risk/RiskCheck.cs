using Lending.Applications.Data;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Platform.Encryption;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Applications.Risk;

/// <summary>Scores an application that is submitted, in the transaction that submits it. Nobody outside is asked.</summary>
internal sealed class RiskCheck(
    ApplicationsDbContext db,
    OrganizationSql sql,
    ICustomerDirectory customers,
    IOrganizationDirectory organizations,
    KeyRing ring,
    Caller caller
)
{
    private static readonly EncryptedColumn HashColumn = new("applications.risk_keys", "hash");

    /// <summary>Scores it, and has the score saved with the rest. What it has in common with others is remembered for the next.</summary>
    public async Task<RiskLevel> RunAsync(RiskSubject subject, DateTimeOffset now, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        var applicants = new List<CustomerSummary>();
        foreach (var customerId in subject.CustomerIds)
        {
            // Of two who apply, a customer who submits sees only themselves.
            if (await customers.HoldAsync(customerId, ct) is { } customer)
            {
                applicants.Add(customer);
            }
        }
        var network = subject.Request?.Address?.NetworkOf();
        var keys = KeysOf(subject, applicants, network, now);
        var counts = await RiskCounts.ReadAsync(sql, keys, [.. subject.CustomerIds], now, ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var signals = RiskSignals.Of(subject, applicants, counts, zone, now);
        var result = RiskModel.Standard.Score(signals);
        var stored = new StoredRisk(RiskModel.Standard, signals, subject.Form, network, subject.Request?.UserAgent, result);
        db.Add(new RiskAssessment(subject.ApplicationId, subject.CustomerIds[0], stored, now));
        db.AddRange(keys);
        return result.Level;
    }

    private List<RiskKey> KeysOf(RiskSubject subject, List<CustomerSummary> applicants, string? network, DateTimeOffset now)
    {
        var first = subject.CustomerIds[0];
        List<RiskKey> keys = [Key(RiskKeyKind.Starter, first, subject.StartedBy.Id.ToString())];
        if (network is not null)
        {
            keys.Add(Key(RiskKeyKind.Address, first, network));
        }
        if (!string.IsNullOrWhiteSpace(subject.Form?.DeviceId))
        {
            keys.Add(Key(RiskKeyKind.Device, first, subject.Form.DeviceId));
        }
        foreach (var customer in applicants)
        {
            keys.Add(Key(RiskKeyKind.Home, customer.Id, customer.PostalAddress));
            if (customer.PhoneNumber is { } phone)
            {
                keys.Add(Key(RiskKeyKind.Phone, customer.Id, phone));
            }
        }
        // Two who live together have one address.
        return [.. keys.DistinctBy(key => (key.Kind, Convert.ToHexString(key.Hash)))];

        RiskKey Key(RiskKeyKind kind, Guid customerId, string text) =>
            new(subject.ApplicationId, customerId, kind, ring.SearchHash(HashColumn, $"{EnumText.Of(kind)} {text}"), now);
    }
}
