using System.Net;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Host.Tests.Authorization;

/// <summary>What decides on money, or on who may do what, needs a second factor of the last ten minutes from a user who has one.</summary>
public sealed class StepUpTests(HostFixture host)
{
    /// <summary>Nothing here is read from the product.</summary>
    private static readonly string[] Expected =
    [
        "DELETE /users/me/passkeys/{id}",
        "DELETE /users/me/totp",
        "PATCH /api-keys/{id}",
        "PATCH /permission-groups/{id}",
        "PATCH /users/{id}",
        "DELETE /api-keys/{id}",
        "POST /permission-groups",
        "DELETE /permission-groups/{id}",
        "POST /api-keys",
        "GET /customers/{id}/export",
        "POST /customers/{id}/erase",
        "POST /applications/{id}/decide",
        "POST /loan-offers/{id}/approve",
        "POST /loan-offers/{id}/disburse",
        "POST /loan-offers/{id}/reject",
        "POST /organizations/{id}/approval-tiers/changes/{changeId}/confirmation",
        "POST /users/administrators",
        "POST /users/installers",
        "POST /users/underwriters",
        "POST /users/me/recovery-codes",
        "POST /disbursements/{id}/confirmation",
        "POST /loan-accounts/{id}/calling-due",
        "POST /loan-accounts/{id}/credit-refunds",
        "POST /loan-accounts/{id}/goodwill-payments",
        "POST /loan-accounts/{id}/waivers",
        "POST /loan-accounts/{id}/write-off",
        "PUT /disclosure-settings",
        "POST /credit-policies/{id}/activate",
        "POST /credit-policies/{id}/retire",
        "PUT /organizations/{id}/approval-tiers",
        "PUT /organizations/{id}/identity-provider",
        "DELETE /organizations/{id}/identity-provider",
        "DELETE /organizations/{id}/approval-tiers/changes/{changeId}",
        "DELETE /organizations/{id}/suspension",
        "PATCH /organizations/{id}",
        "POST /organizations/{id}/suspension",
        "POST /terms",
        "PUT /retention/rules",
        "PUT /sepa-creditor",
        "POST /collection-runs/{id}/release",
        "POST /payee-accounts/{id}/verification",
        "POST /payout-runs/{id}/release",
        "POST /card-payments/{id}/refunds",
        "POST /webhooks",
        "PATCH /webhooks/{id}",
        "DELETE /webhooks/{id}",
        "POST /webhooks/{id}/secret",
    ];

    /// <summary>They change how a user logs in: who has no second factor must have logged in lately.</summary>
    private static readonly string[] ExpectedOfEveryone =
    [
        "PATCH /users/me",
        "POST /users/me/passkeys",
        "POST /users/me/passkeys/challenge",
        "POST /users/me/totp",
        "POST /users/me/totp/confirmation",
        "PUT /users/me",
    ];

    public static TheoryData<string> Endpoints => [.. Expected, .. ExpectedOfEveryone];

    [Fact]
    public void Exactly_these_endpoints_ask_for_it()
    {
        var marked = host
            .App.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<StepUpNeeded>() is not null)
            .Select(endpoint => endpoint.Metadata.GetRequiredMetadata<FastEndpoints.EndpointDefinition>().EndpointType)
            .ToHashSet();

        host.Endpoints()
            .Where(endpoint => marked.Contains(endpoint.Definition.EndpointType))
            .Select(endpoint => endpoint.ToString())
            .Order(StringComparer.Ordinal)
            .ShouldBe(Expected.Concat(ExpectedOfEveryone).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_user_with_a_second_factor_is_asked_for_it_after_ten_minutes(string endpoint)
    {
        var row = AuthorizationMatrix.Rows.Single(candidate => candidate.Endpoint == endpoint);
        var target = new Target
        {
            CustomerId = Unique.Id(),
            OfferId = Unique.Id(),
            UserId = Unique.Id(),
            OrganizationId = Unique.Id(),
        };
        var now = TimeProvider.System.GetUtcNow();
        async Task<Answer> SendAsync(bool has, DateTimeOffset at)
        {
            var subject = new AccessTokenSubject(Unique.Id(), "erika", Unique.Id(), "ADMIN", null, 0, [row.Needs!, "organization:all"])
            {
                HasSecondFactor = has,
                ProvedAt = at,
            };
            using var client = host.NewClient();
            var options = host.App.Services.GetRequiredService<IOptions<AccessTokenOptions>>().Value;
            client.WithToken(AccessTokens.Create(options, TimeProvider.System, subject));
            return await client.SendAsync(row.Method, row.PathFor(target), row.Body(target));
        }

        (await SendAsync(has: true, at: DateTimeOffset.UnixEpoch)).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        (await SendAsync(has: true, at: now.AddMinutes(-10))).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        (await SendAsync(has: true, at: now.AddMinutes(-9))).Text.ShouldNotContain("step-up-required");
        (await SendAsync(has: false, at: now.AddMinutes(-9))).Text.ShouldNotContain("step-up-required");
        var lateWithoutFactor = await SendAsync(has: false, at: now.AddMinutes(-10));
        lateWithoutFactor.Text.Contains("step-up-required", StringComparison.Ordinal).ShouldBe(ExpectedOfEveryone.Contains(endpoint));
    }
}
