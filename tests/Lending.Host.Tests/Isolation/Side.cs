using System.Globalization;
using System.Net;
using Lending.Host.Tests.Authorization;
using Lending.Testing;

namespace Lending.Host.Tests.Isolation;

/// <summary>One of the two organisations: its people, what they have made so far, and the words and amounts that are nobody else's.</summary>
internal sealed class Side
{
    private readonly Dictionary<string, List<Guid>> ids = new(StringComparer.Ordinal);
    private readonly string word;
    private readonly decimal cents;

    private Side(string word, decimal cents) => (this.word, this.cents) = ($"{word}{Unique.Text()}n", cents);

    public Guid OrganizationId { get; private set; }

    /// <summary>Installer, underwriter, administrator, customer, API key, and nobody.</summary>
    public Dictionary<string, HttpClient> People { get; } = new(StringComparer.Ordinal);

    /// <summary>The customer who has an account.</summary>
    public Guid CustomerId { get; private set; }

    /// <summary>The newest link to an offer.</summary>
    public (Guid OfferId, string Token) Link { get; set; } = (Unique.Id(), "none");

    /// <summary>All words and amounts that its people have sent.</summary>
    public List<string> Values { get; } = [];

    public IEnumerable<Guid> Ids => ids.Values.SelectMany(made => made).Append(OrganizationId);

    /// <summary>Makes the organisation and its people.</summary>
    /// <param name="host">Where it lives.</param>
    /// <param name="word">What its words begin with.</param>
    /// <param name="cents">What its amounts end with.</param>
    public static async Task<Side> AssembleAsync(HostFixture host, string word, decimal cents)
    {
        var side = new Side(word, cents);
        var organization = new
        {
            name = side.Word(),
            country = "DE",
            currency = "EUR",
            timeZone = "Europe/Berlin",
        };
        side.OrganizationId = (await host.Administrator.PostAsync("/organizations", organization, HttpStatusCode.Created)).Id;
        var path = $"/organizations/{side.OrganizationId}";
        var settings = new { displayName = side.Word(), allowPayoutBeforeWithdrawalEnds = true };
        await host.Administrator.ExpectAsync("PATCH", path, settings, HttpStatusCode.OK);
        var world = new World(host);
        foreach (var role in (string[])["installer", "underwriter", "administrator"])
        {
            var invited = await host.Administrator.PostAsync($"/users/{role}s", side.NewStaff(side.OrganizationId), HttpStatusCode.Created);
            side.People[role] = await world.AcceptInvitationAsync(invited["token"]!);
            side.Add("users", invited);
        }
        var customer = await side.People["installer"].PostAsync("/customers", side.NewCustomer(), HttpStatusCode.Created);
        side.CustomerId = customer.Id;
        side.Add("customers", customer);
        side.People["customer"] = await world.ActivateCustomerAsync(side.People["installer"], customer.Id);
        var scopes = AuthorizationMatrix
            .Permissions.Where(entry => entry.Value.HasFlag(Authorization.People.Keys))
            .Select(entry => entry.Key);
        side.People["key"] = await world.CreateKeyAsync(side.People["administrator"], [.. scopes]);
        side.People["nobody"] = host.NewClient();
        return side;
    }

    /// <summary>A word that nobody else has.</summary>
    public string Word()
    {
        var made = string.Create(CultureInfo.InvariantCulture, $"{word}{Values.Count}x");
        Values.Add(made);
        return made;
    }

    public object NewStaff(Guid? organizationId = null) =>
        new
        {
            username = Word(),
            email = $"{Word()}@example.org",
            organizationId,
        };

    public object NewCustomer() =>
        new
        {
            firstName = Word(),
            lastName = Word(),
            email = $"{Word()}@example.org",
            phoneNumber = "+49 30 901820",
            addressLine1 = Word(),
            addressLine2 = Word(),
            city = Word(),
            postalCode = "12045",
            country = "DE",
        };

    public object NewOffer(Guid customerId, Guid? productId = null)
    {
        var amount = 10_000 + Values.Count + cents;
        Values.Add(amount.ToString(CultureInfo.InvariantCulture));
        return new
        {
            customerId,
            productId,
            loanAmount = amount,
            annualRatePercent = 4.9,
            termMonths = 120,
        };
    }

    /// <summary>Remembers what was made, if it was.</summary>
    public void Add(string resource, Answer answer)
    {
        if (answer.Status == HttpStatusCode.Created)
        {
            Of(resource).Add(answer.Id);
        }
    }

    /// <summary>One of what it has made, or an id that nothing has.</summary>
    public Guid Any(string resource, int pick) => Of(resource) is { Count: > 0 } made ? made[pick % made.Count] : Unique.Id();

    /// <summary>What a request of the matrix can be about.</summary>
    public Target Target(int pick) =>
        new()
        {
            OrganizationId = OrganizationId,
            CustomerId = Any("customers", pick),
            OfferId = Any("loan-offers", pick),
            ProductId = Any("loan-products", pick),
            UserId = Any("users", pick),
            ApiKeyId = Any("api-keys", pick),
            PermissionGroupId = Any("permission-groups", pick),
            TermsId = Any("terms", pick),
            WebhookId = Any("webhooks", pick),
            DocumentId = Any("documents", pick),
            DocumentRequestId = Any("document-requests", pick),
        };

    private List<Guid> Of(string resource) => ids.TryGetValue(resource, out var made) ? made : ids[resource] = [];
}
