using System.Net;
using Lending.Testing;

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
    }

    private static string StatementOf(string reference, string day) =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>{Unique.Text()}</MsgId></GrpHdr>
            <Stmt><Id>{Unique.Text()}</Id><Acct><Id><IBAN>DE87200500001234567890</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">12.34</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
            <NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
            </Stmt></BkToCstmrStmt></Document>
            """;
}
