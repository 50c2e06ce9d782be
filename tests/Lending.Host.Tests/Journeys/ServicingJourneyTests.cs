using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Testing;
using Npgsql;

namespace Lending.Host.Tests.Journeys;

/// <summary>From the signature to the books, over all modules as they really are.</summary>
public sealed class ServicingJourneyTests(HostFixture host)
{
    private readonly World world = new(host);

    [Fact]
    public async Task An_accepted_offer_becomes_an_account_that_repays_what_was_agreed()
    {
        var loan = await PaidOutLoan.CreateAsync(host, world);
        var (customer, administrator, accepted, active) = (loan.Customer, loan.Administrator, loan.Accepted, loan.Active);

        accepted.GetProperty("account").GetProperty("offerId").GetGuid().ShouldBe(loan.OfferId);
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
        (await PaidOutLoan.AccountAsync(customer, "ACTIVE")).GetProperty("state").GetProperty("credit").GetDecimal().ShouldBe(12.34m);

        // Where the customer is to send it, and who says so, is on the customer's papers.
        await administrator.ExpectAsync("PUT", "/disclosure-settings", SampleBodies.DisclosureSettings(), HttpStatusCode.OK);
        await administrator.ExpectAsync(
            "PUT",
            "/sepa-creditor",
            Party(new { name = "Sonnenkredit GmbH", identifier = "DE98ZZZ09999999999" }),
            HttpStatusCode.OK
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{path}/repayment-plan");
        request.Headers.Accept.ParseAdd("application/pdf");
        using var plan = await customer.SendAsync(request, TestContext.Current.CancellationToken);
        var words = PdfReader.Words(await plan.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        words.ShouldContain($"Sonnenkredit GmbH, IBAN DE87 2005 0000 1234 5678 90, reference {reference["reference"]}.");
        words.ShouldContain("Lichtstraße 1, 10115 Berlin +49 30 1234567 · credit@example.org");
    }

    [Fact]
    public async Task A_payout_that_two_people_confirmed_goes_to_the_bank_and_its_settlement_is_told_once()
    {
        var (organizationId, installer, administrator) = await PaidOutLoan.OfficeAsync(host, world);
        var second = await world.CreateAdministratorAsync(organizationId);
        var (customer, _) = await PaidOutLoan.AcceptedAsync(world, installer);
        var (account, day, principal) = Known(await PaidOutLoan.AccountAsync(customer, "AWAITING_DISBURSEMENT"));
        var asked = new
        {
            eventId = Unique.Id(),
            effectiveOn = day,
            amount = principal,
        };
        await administrator.PostAsync($"/loan-accounts/{account}/disbursements", asked, HttpStatusCode.Created);
        await second.PostAsync($"/disbursements/{asked.eventId}/confirmation", null, HttpStatusCode.OK);
        await administrator.ExpectAsync(
            "PUT",
            "/sepa-creditor",
            Party(new { name = "Sonnenkredit GmbH", identifier = "DE98ZZZ09999999999" }),
            HttpStatusCode.OK
        );
        var payee = (
            await administrator.PostAsync("/payee-accounts", Party(new { holderName = "Solarbau Nord GmbH" }), HttpStatusCode.Created)
        ).Id;
        await second.PostAsync($"/payee-accounts/{payee}/verification", new { method = "BANK_ANSWER" }, HttpStatusCode.OK);
        var payouts = new[] { new { loanEventId = asked.eventId, payeeAccountId = payee } };

        var run = await RunAsync(administrator, day, payouts);
        await second.PostAsync($"/payout-runs/{run.Id}/release", null, HttpStatusCode.OK);
        var file = await second.GetAsync($"/payout-runs/{run.Id}/file", HttpStatusCode.OK);
        var sent = (await administrator.GetAsync("/payouts", HttpStatusCode.OK)).Json.GetProperty("items")[0];
        var content = SentOf(sent.GetProperty("endToEndId").GetString()!, sent.GetProperty("amount").GetDecimal(), day);
        for (var time = 0; time < 2; time++)
        {
            await administrator.PostAsync("/bank-statements", new { content }, HttpStatusCode.OK);
        }

        file.Text.ShouldContain("pain.001.001.09");
        (await administrator.GetAsync("/payouts", HttpStatusCode.OK))
            .Json.GetProperty("items")[0]
            .GetProperty("status")
            .GetString()
            .ShouldBe("SETTLED");
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = database.CreateCommand(
            $"SELECT count(*) FROM servicing.outbox_messages WHERE aggregate_id = '{account}' AND type = 'LoanPayoutSettled'"
        );
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1L);
    }

    [Fact]
    public async Task Of_a_payout_and_a_withdrawal_at_once_the_books_never_miss_one()
    {
        var (organizationId, installer, administrator) = await PaidOutLoan.OfficeAsync(host, world);
        var second = await world.CreateAdministratorAsync(organizationId);
        for (var round = 0; round < 4; round++)
        {
            var (customer, offer) = await PaidOutLoan.AcceptedAsync(world, installer);
            var (account, day, principal) = Known(await PaidOutLoan.AccountAsync(customer, "AWAITING_DISBURSEMENT"));
            var asked = new
            {
                eventId = Unique.Id(),
                effectiveOn = day,
                amount = principal,
            };
            await administrator.PostAsync($"/loan-accounts/{account}/disbursements", asked, HttpStatusCode.Created);

            var payout = second.SendAsync("POST", $"/disbursements/{asked.eventId}/confirmation");
            var withdrawal = customer.SendAsync("POST", $"/loan-offers/{offer.Id}/withdraw");
            await Task.WhenAll(payout, withdrawal);

            (await withdrawal).Status.ShouldBe(HttpStatusCode.OK, "nobody takes the right to withdraw away");
            if ((await payout).Status == HttpStatusCode.OK)
            {
                // The money had gone: it is owed back.
                await PaidOutLoan.AccountAsync(customer, "WITHDRAWN");
            }
            else
            {
                (await payout).ShouldBeProblem(HttpStatusCode.Conflict, "payout-not-allowed");
                await PaidOutLoan.AccountAsync(customer, "AWAITING_DISBURSEMENT");
            }
        }
    }

    [Fact]
    public async Task A_refund_that_is_at_the_bank_is_not_reversed_and_refunded_again_until_the_bank_refuses_it()
    {
        var loan = await PaidOutLoan.CreateAsync(host, world);
        var administrator = loan.Administrator;
        var second = await world.CreateAdministratorAsync(loan.OrganizationId);
        var day = loan.Active.GetProperty("state").GetProperty("asOf").GetString()!;
        var customerId = loan.Active.GetProperty("account").GetProperty("customerId").GetGuid();
        await administrator.ExpectAsync(
            "PUT",
            "/sepa-creditor",
            Party(new { name = "Sonnenkredit GmbH", identifier = "DE98ZZZ09999999999" }),
            HttpStatusCode.OK
        );
        var payee = (
            await administrator.PostAsync("/payee-accounts", Party(new { holderName = "Greta Sommer", customerId }), HttpStatusCode.Created)
        ).Id;
        await second.PostAsync($"/payee-accounts/{payee}/verification", new { method = "BANK_ANSWER" }, HttpStatusCode.OK);
        await RecordAsync("payments", 10);

        // Nobody knows who comes first: the money goes, or it stays, and never both.
        for (var round = 0; round < 3; round++)
        {
            var refund = await RecordAsync("credit-refunds", 1);
            var run = await RunAsync(administrator, day, [new { loanEventId = refund, payeeAccountId = payee }]);
            var release = second.SendAsync("POST", $"/payout-runs/{run.Id}/release");
            var reversal = ReverseAsync(refund);
            await Task.WhenAll(release, reversal);
            if ((await reversal).Status == HttpStatusCode.OK)
            {
                (await release).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-to-pay");
                continue;
            }
            (await reversal).ShouldBeProblem(HttpStatusCode.Conflict, "refund-at-bank");
            (await release).Status.ShouldBe(HttpStatusCode.OK);
            await second.GetAsync($"/payout-runs/{run.Id}/file", HttpStatusCode.OK);
            var content = RefusalOf(run["messageId"]!);
            await administrator.PostAsync("/bank-statements", new { content }, HttpStatusCode.OK);
            (await second.SendAsync("GET", $"/payout-runs/{run.Id}/file")).ShouldBeProblem(HttpStatusCode.Conflict, "run-failed");
            (await ReverseAsync(refund)).Status.ShouldBe(HttpStatusCode.OK);
        }
        (await PaidOutLoan.AccountAsync(loan.Customer, "ACTIVE")).GetProperty("state").GetProperty("credit").GetDecimal().ShouldBe(10m);

        async Task<Guid> RecordAsync(string kind, decimal amount)
        {
            var money = new
            {
                eventId = Unique.Id(),
                effectiveOn = day,
                amount,
            };
            await administrator.PostAsync($"/loan-accounts/{loan.AccountId}/{kind}", money, HttpStatusCode.OK);
            return money.eventId;
        }

        Task<Answer> ReverseAsync(Guid refund) =>
            administrator.SendAsync("POST", $"/loan-events/{refund}/reversals", new { eventId = Unique.Id() });
    }

    // Today may be no day of TARGET, or it may be too late for it.
    private static async Task<Answer> RunAsync(HttpClient staff, string day, object[] payouts)
    {
        for (var ahead = 0; ; ahead++)
        {
            ahead.ShouldBeLessThan(10);
            var executeOn = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(ahead);
            var tried = await staff.SendAsync("POST", "/payout-runs", new { executeOn, payouts });
            if (tried.Status == HttpStatusCode.Created)
            {
                return tried;
            }
            tried.Text.ShouldContain("-day");
        }
    }

    private static (Guid Id, string Day, decimal Principal) Known(JsonElement answer) =>
        (
            answer.GetProperty("account").GetProperty("id").GetGuid(),
            answer.GetProperty("state").GetProperty("asOf").GetString()!,
            answer.GetProperty("account").GetProperty("principal").GetDecimal()
        );

    private static JsonNode Party(object more)
    {
        var party = JsonSerializer.SerializeToNode(more)!;
        (party["iban"], party["town"], party["country"]) = ("DE87200500001234567890", "Berlin", "DE");
        return party;
    }

    private static string SentOf(string endToEndId, decimal amount, string day) =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>{Unique.Text()}</MsgId></GrpHdr>
            <Stmt><Id>{Unique.Text()}</Id><Acct><Id><IBAN>DE87200500001234567890</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">{amount.ToString(
                CultureInfo.InvariantCulture
            )}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
            <NtryDtls><TxDtls><Refs><EndToEndId>{endToEndId}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
            </Stmt></BkToCstmrStmt></Document>
            """;

    private static string RefusalOf(string messageId) =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>{Unique.Text()}</MsgId></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>{messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>RJCT</GrpSts>
            <StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>
            """;

    private static string StatementOf(string reference, string day) =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>{Unique.Text()}</MsgId></GrpHdr>
            <Stmt><Id>{Unique.Text()}</Id><Acct><Id><IBAN>DE87200500001234567890</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">12.34</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
            <NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
            </Stmt></BkToCstmrStmt></Document>
            """;
}
