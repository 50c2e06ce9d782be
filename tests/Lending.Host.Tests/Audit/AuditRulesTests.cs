using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Audit;

/// <summary>What has no entry in the audit log is a decision, which is made here.</summary>
public sealed class AuditRulesTests(HostFixture host)
{
    // Changes of these have none; each says why where it is declared.
    private static readonly string[] NotAudited =
    [
        "AccessRevocation",
        "ApiKeyDay",
        "ApplicationTransition",
        "BrokerMessage",
        "Challenge",
        "Delivery",
        "Device",
        "DiscardedFile",
        "EndedSession",
        "JournalEntryRow",
        "JournalLineRow",
        "KeptAnswer",
        "LoanStanding",
        "LoginAddress",
        "Notification",
        "OfferTransition",
        "OfferVersion",
        "OfferView",
        "OutboxMessage",
        "RecoveryCode",
        "RiskKey",
        "Seal",
        "Session",
        "ShadowDecision",
        "SignOn",
    ];

    private const string Own = "the caller's own";
    private const string Organization = "the organisation's, which is no person";
    private const string CustomersOwn = "the customer's own";
    private const string Event = "recorded as the event, now or when it was sent before";
    private const string Change = "recorded as the change, without which there is no answer";

    // Their answers have members that are called as personal columns are, and tell of nobody but the caller, or of things.
    private static readonly Dictionary<string, string> TellOfNobodyElse = new(StringComparer.Ordinal)
    {
        ["AcceptInvitation"] = Own,
        ["AcceptOffer"] = CustomersOwn,
        ["ApproveOffer"] = Change,
        ["CallLoanDue"] = Event,
        ["CancelOffer"] = Change,
        ["ConfirmDisbursement"] = Event,
        ["CreateAdministrator"] = Change,
        ["CreateCustomer"] = Change,
        ["CreateInstaller"] = Change,
        ["CreateOffer"] = Change,
        ["CreateUnderwriter"] = Change,
        ["DeclineOffer"] = CustomersOwn,
        ["DisburseOffer"] = Change,
        ["ExportCustomer"] = "recorded as a copy, in the transaction",
        ["FinishSignOn"] = Own,
        ["GetCreditor"] = Organization,
        ["GetDisclosureSettings"] = Organization,
        ["GetProfile"] = Own,
        ["GiveGoodwill"] = Event,
        ["ListSessions"] = Own,
        ["Login"] = Own,
        ["LoginSecondFactor"] = Own,
        ["OpenLink"] = CustomersOwn,
        ["PasskeyLogin"] = Own,
        ["PatchProfile"] = Own,
        ["PutCreditor"] = Organization,
        ["PutDisclosureSettings"] = Organization,
        ["RecordCharge"] = Event,
        ["RecordPayment"] = Event,
        ["RefreshToken"] = Own,
        ["RefundCredit"] = Event,
        ["Register"] = Own,
        ["RegisterCustomer"] = Own,
        ["RejectOffer"] = Change,
        ["RepayExtra"] = Event,
        ["RequestDocuments"] = Change,
        ["RescheduleLoan"] = Event,
        ["ReturnPayment"] = Event,
        ["ReverseEvent"] = Event,
        ["ReviewDocument"] = Change,
        ["ServeNotice"] = Event,
        ["SimulateLoan"] = "a loan that nobody has",
        ["UpdateProfile"] = Own,
        ["WaiveDebt"] = Event,
        ["WithdrawFromLoan"] = Event,
        ["WithdrawOffer"] = CustomersOwn,
        ["WriteOffLoan"] = Event,
    };

    [Fact]
    public async Task Only_these_changes_have_no_entry()
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var types = scope
            .ServiceProvider.GetServices<ModuleDatabase>()
            .SelectMany(database => ((DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType)).Model.GetEntityTypes())
            .ToList();

        types.Count.ShouldBeGreaterThan(30);
        types
            .Where(type => !AuditedType.Of(type).IsAudited)
            .Select(type => type.ClrType.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ShouldBe(NotAudited);
    }

    [Fact]
    public async Task Slices_whose_answers_look_personal_say_so()
    {
        var names = await PersonalNamesAsync();
        names.ShouldContain("LastName");
        var slices = host.Endpoints().ToList();

        var silent = slices
            .Where(slice => PersonalMembersOf(slice.Definition.ResDtoType, names).Any())
            .Where(slice => !IsMarked(slice.Definition.EndpointType.Name))
            .Select(slice => slice.Definition.EndpointType.Name)
            .Order(StringComparer.Ordinal)
            .ToList();

        slices.Count(slice => IsMarked(slice.Definition.EndpointType.Name)).ShouldBeGreaterThan(10);
        silent.ShouldBe([.. TellOfNobodyElse.Keys.Order(StringComparer.Ordinal)], "TellsOfPersons() in Configure, or a reason here");
    }

    [Theory]
    [InlineData("UPDATE identity.users AS u SET active = false", "identity.users")]
    [InlineData(
        "WITH gone AS (DELETE FROM \"loans\".\"offers\" RETURNING id) INSERT INTO loans.links SELECT id FROM gone",
        "loans.offers,loans.links"
    )]
    [InlineData("INSERT INTO a.b (c) VALUES (1) ON CONFLICT DO UPDATE SET c = 2", "a.b")]
    [InlineData("SELECT id FROM loans.offers FOR UPDATE", "")]
    [InlineData("SELECT id FROM loans.offers FOR NO KEY UPDATE OF offers", "")]
    public void Writes_are_found_in_whatever_is_sent(string sql, string tables) =>
        string.Join(',', WritesAreAudited.TablesWrittenBy(sql)).ShouldBe(tables);

    private bool IsMarked(string slice) =>
        host
            .App.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>()
            .Endpoints.Any(endpoint =>
                endpoint.Metadata.GetMetadata<FastEndpoints.EndpointDefinition>()?.EndpointType.Name == slice
                && endpoint.Metadata.GetMetadata<TellsOfPersons>() is not null
            );

    private async Task<HashSet<string>> PersonalNamesAsync()
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var columns = scope
            .ServiceProvider.GetServices<ModuleDatabase>()
            .SelectMany(database => ((DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType)).Model.GetEntityTypes())
            .Where(type => type.ClrType != typeof(AuditEntry))
            .SelectMany(Classifications.ColumnsOf)
            // Who did something at work is told everywhere.
            .Where(property => property.DeclaringType.ClrType != typeof(Lending.Kernel.UserReference))
            .ToLookup(property => Classifications.Of(property) == Classifications.Personal, property => property.Name);
        // Where products and texts of terms are called the same, the name tells nothing.
        return columns[true].Except(columns[false], StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> PersonalMembersOf(Type type, HashSet<string> names) => Walk(type, []).Where(names.Contains);

    private static List<string> Walk(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return [];
        }
        if (type.IsGenericType)
        {
            return type.GetGenericArguments().SelectMany(argument => Walk(argument, seen)).ToList();
        }
        return type.Namespace?.StartsWith("Lending.", StringComparison.Ordinal) == true && type != typeof(Lending.Kernel.UserReference)
            ? type.GetProperties().SelectMany(property => Walk(property.PropertyType, seen).Append(property.Name)).ToList()
            : [];
    }
}
