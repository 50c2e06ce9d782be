using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>From the signature to the books, over all modules as they really are.</summary>
public sealed class ServicingJourneyTests(HostFixture host)
{
    private readonly World world = new(host);

    [Fact]
    public async Task An_accepted_offer_becomes_an_account_that_repays_what_was_agreed()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        await host.Administrator.ExpectAsync(
            "PATCH",
            $"/organizations/{organizationId}",
            new { allowPayoutBeforeWithdrawalEnds = true },
            HttpStatusCode.OK
        );
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer), HttpStatusCode.OK);
        var shown = await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        var acceptance = new
        {
            typedName = shown["customer.fullName"],
            version = shown.Json.GetProperty("version").GetInt32(),
            documentHash = shown["documentHash"],
        };
        await customer.PostAsync($"/loan-offers/{offer.Id}/accept", acceptance, HttpStatusCode.OK);

        var accepted = await AccountAsync(customer, "AWAITING_DISBURSEMENT");
        var current = await installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await administrator.PostAsync($"/loan-offers/{offer.Id}/disburse", World.Decision(current), HttpStatusCode.OK);
        var active = await AccountAsync(customer, "ACTIVE");

        accepted.GetProperty("account").GetProperty("offerId").GetGuid().ShouldBe(offer.Id);
        var principal = active.GetProperty("account").GetProperty("principal").GetDecimal();
        var state = active.GetProperty("state");
        state.GetProperty("disbursed").GetDecimal().ShouldBe(principal);
        state.GetProperty("schedule").EnumerateArray().Sum(row => row.GetProperty("principal").GetDecimal()).ShouldBe(principal);
        var stranger = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var path = $"/loan-accounts/{active.GetProperty("account").GetProperty("id").GetGuid()}";
        (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");

        // What the bank tells of a transfer with the loan's reference is booked on it; nothing is due yet.
        var loanAccountId = active.GetProperty("account").GetProperty("id").GetGuid();
        var reference = await administrator.PostAsync("/payment-references", new { loanAccountId }, HttpStatusCode.OK);
        var content = StatementOf(reference["reference"]!, state.GetProperty("asOf").GetString()!);
        var imported = await administrator.PostAsync("/bank-statements", new { content }, HttpStatusCode.OK);
        imported["booked"].ShouldBe("1");
        (await AccountAsync(customer, "ACTIVE")).GetProperty("state").GetProperty("credit").GetDecimal().ShouldBe(12.34m);
    }

    private static string StatementOf(string reference, string day) =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>{Unique.Text()}</MsgId></GrpHdr>
            <Stmt><Id>{Unique.Text()}</Id><Acct><Id><IBAN>DE87200500001234567890</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">12.34</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
            <NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
            </Stmt></BkToCstmrStmt></Document>
            """;

    // The outbox delivers a moment later.
    private static async Task<JsonElement> AccountAsync(HttpClient customer, string status)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var items = (await customer.GetAsync("/loan-accounts", HttpStatusCode.OK)).Json.GetProperty("items");
            if (items.GetArrayLength() > 0)
            {
                var account = await customer.GetAsync($"/loan-accounts/{items[0].GetProperty("id").GetGuid()}", HttpStatusCode.OK);
                if (account.Json.GetProperty("state").GetProperty("status").GetString() == status)
                {
                    return account.Json;
                }
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The account is not {status}.");
    }
}
