using FastEndpoints;
using Lending.Platform.Idempotency;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Idempotency;

/// <summary>Which requests can be repeated with an <c>Idempotency-Key</c>, and whose answers are kept.</summary>
public sealed class IdempotencyRulesTests(HostFixture host)
{
    private const string Anonymous = "nobody has proved who they are, so nobody knows whose key it is";
    private const string Nothing = "makes nothing";
    private const string WaysIn = "the answer lets somebody in, and a repetition takes the place of what was before";

    private static readonly Dictionary<string, string> TakeNone = new(StringComparer.Ordinal)
    {
        ["AcceptInvitation"] = Anonymous,
        ["AdvanceClock"] = "the jobs have to see the new time, so it is committed before they begin; the same again is refused",
        ["AssessApplication"] = "asks a bureau outside any transaction, and decides once however often it is asked",
        ["ChangePassword"] = "counts an attempt, which has to last also where the client hangs up",
        ["ConfirmEmail"] = Anonymous,
        ["ConfirmEmailChange"] = Anonymous,
        ["ConfirmTotp"] = WaysIn,
        ["CreateCardPayment"] = "asks a provider outside any transaction, and is one payment for each id that the client makes",
        ["CreateRecoveryCodes"] = WaysIn,
        ["FinishSignOn"] = Anonymous,
        ["ImportBankStatement"] = "each line is a transaction of its own; the same file sent again goes on",
        ["Login"] = Anonymous,
        ["LoginSecondFactor"] = Anonymous,
        ["Logout"] = Anonymous,
        ["OpenLink"] = Anonymous,
        ["PasskeyLogin"] = Anonymous,
        ["PreviewRetention"] = Nothing,
        ["QuoteOffer"] = Nothing,
        ["ReceiveStripeEvent"] = Anonymous,
        ["RefreshToken"] = Anonymous,
        ["RefundCardPayment"] = "asks a provider outside any transaction, and is one refund for each id that the client makes",
        ["Register"] = Anonymous,
        ["RegisterCustomer"] = Anonymous,
        ["RegisterPasskey"] = WaysIn,
        ["RequestEmailConfirmation"] = Anonymous,
        ["RequestPasswordReset"] = Anonymous,
        ["ResetPassword"] = Anonymous,
        ["SendCode"] = Anonymous,
        ["SimulateLoan"] = Nothing,
        ["StartPasskey"] = WaysIn,
        ["StartPasskeyLogin"] = Anonymous,
        ["StartSignOn"] = Anonymous,
        ["StartStepUp"] = WaysIn,
        ["StartTotp"] = WaysIn,
        ["StepUpSession"] = WaysIn,
        ["UploadDocument"] = "a file is not kept to be compared; the same one of the same kind is answered with what came of it",
    };

    // Members of answers that let somebody in.
    private static readonly string[] SecretNames =
    [
        "AccessToken",
        "Challenge",
        "Codes",
        "DeviceToken",
        "Key",
        "LoginToken",
        "RefreshToken",
        "Secret",
        "Token",
        "Uri",
    ];

    // Their answers are kept, encrypted: lost, they would leave behind what nobody has.
    private static readonly Dictionary<string, string> KeptSecrets = new(StringComparer.Ordinal)
    {
        ["CreateAdministrator"] = "the invitation's token, in Development alone",
        ["CreateApiKey"] = "the key",
        ["CreateInstaller"] = "the invitation's token, in Development alone",
        ["CreateLink"] = "the link's token, in Development alone",
        ["CreateUnderwriter"] = "the invitation's token, in Development alone",
        ["CreateWebhook"] = "the secret that signs",
        ["InviteCustomer"] = "the invitation's token, in Development alone",
        ["InviteUser"] = "the invitation's token, in Development alone",
        ["RotateWebhookSecret"] = "the secret that signs",
    };

    [Fact]
    public void Every_POST_takes_a_key_but_these()
    {
        var posts = Posts();
        var taken = posts.Where(endpoint => endpoint.TakesIdempotencyKey()).Select(NameOf).ToList();

        taken.Count.ShouldBe(88);
        posts.Select(NameOf).Except(taken, StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(TakeNone.Keys);
    }

    [Fact]
    public void Nothing_but_a_POST_takes_one() =>
        host
            .App.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(endpoint => endpoint.TakesIdempotencyKey())
            .Except(Posts())
            .ShouldBeEmpty();

    [Fact]
    public void Of_answers_that_let_somebody_in_only_these_are_kept()
    {
        var secret = Posts().Where(endpoint => SecretNames.Intersect(MembersOf(DefinitionOf(endpoint).ResDtoType, [])).Any()).ToList();

        secret.Select(NameOf).ShouldContain("Login");
        secret.Select(NameOf).ShouldContain("StartTotp");
        secret.Where(endpoint => endpoint.TakesIdempotencyKey()).Select(NameOf).Order(StringComparer.Ordinal).ShouldBe(KeptSecrets.Keys);
    }

    [Fact]
    public void Whoever_counts_attempts_takes_none()
    {
        var counting = Posts().Where(CountsAttempts).ToList();

        counting.Count.ShouldBeGreaterThan(4);
        counting.Where(endpoint => endpoint.TakesIdempotencyKey()).Select(NameOf).ShouldBeEmpty();
    }

    private static bool CountsAttempts(Microsoft.AspNetCore.Http.Endpoint endpoint) =>
        DefinitionOf(endpoint)
            .EndpointType.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.ParameterType.Name is "Attempts" or "OwnProof");

    private List<Microsoft.AspNetCore.Http.Endpoint> Posts() =>
        [
            .. host
                .App.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.Where(endpoint =>
                    endpoint.Metadata.GetMetadata<EndpointDefinition>() is not null
                    && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
                ),
        ];

    private static EndpointDefinition DefinitionOf(Microsoft.AspNetCore.Http.Endpoint endpoint) =>
        endpoint.Metadata.GetRequiredMetadata<EndpointDefinition>();

    private static string NameOf(Microsoft.AspNetCore.Http.Endpoint endpoint) => DefinitionOf(endpoint).EndpointType.Name;

    private static List<string> MembersOf(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return [];
        }
        if (type.IsGenericType)
        {
            return type.GetGenericArguments().SelectMany(argument => MembersOf(argument, seen)).ToList();
        }
        return type.Namespace?.StartsWith("Lending.", StringComparison.Ordinal) == true
            ? type.GetProperties().SelectMany(property => MembersOf(property.PropertyType, seen).Append(property.Name)).ToList()
            : [];
    }
}
