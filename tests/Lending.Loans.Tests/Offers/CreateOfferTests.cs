using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class CreateOfferTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task A_new_offer_is_pending_and_carries_its_figures_and_everybody_concerned()
    {
        var before = fixture.Host.Clock.GetUtcNow().AddMilliseconds(-1);

        var answer = await office.OfferAsync();

        answer.Location!.ToString().ShouldBe($"/api/v1/loan-offers/{answer.Id}");
        answer.ETag.ShouldNotBeNull();
        answer
            .Json.EnumerateObject()
            .Select(member => member.Name)
            .ShouldBe([
                "id",
                "customerId",
                "customer",
                "loanAmount",
                "currency",
                "annualRatePercent",
                "termMonths",
                "monthlyPayment",
                "totalPayment",
                "totalInterest",
                "amountOwed",
                "fees",
                "totalPayable",
                "aprcPercent",
                "method",
                "methodVersion",
                "payoutDate",
                "firstDueDate",
                "status",
                "createdBy",
                "createdAt",
                "updatedAt",
                "version",
                "documentHash",
                "validUntil",
                "withdrawalEndsAt",
            ]);
        answer["customerId"].ShouldBe(office.Customer.Id.ToString());
        answer["customer.id"].ShouldBe(office.Customer.Id.ToString());
        answer["customer.fullName"].ShouldBe(office.Customer.FullName);
        answer["customer.email"].ShouldBe(office.Customer.Email);
        answer["createdBy.id"].ShouldBe(office.InstallerSubject.UserId.ToString());
        answer["createdBy.username"].ShouldBe(office.InstallerSubject.Username);
        answer["status"].ShouldBe("PENDING");
        answer["createdAt"].ShouldBe(answer["updatedAt"]);
        answer.Json.GetProperty("createdAt").GetDateTimeOffset().ShouldBeInRange(before, fixture.Host.Clock.GetUtcNow());
    }

    // Each currency's own scale, in the text and not only in the value.
    [Theory]
    [InlineData(
        "EUR",
        """
            "loanAmount":10000.00,"currency":"EUR","annualRatePercent":8,"termMonths":10,"monthlyPayment":1037.03,"totalPayment":10370.30,"totalInterest":370.30,
            """
    )]
    [InlineData(
        "JPY",
        """
            "loanAmount":10000,"currency":"JPY","annualRatePercent":8,"termMonths":10,"monthlyPayment":1037,"totalPayment":10370,"totalInterest":370,
            """
    )]
    [InlineData(
        "KWD",
        """
            "loanAmount":10000.000,"currency":"KWD","annualRatePercent":8,"termMonths":10,"monthlyPayment":1037.032,"totalPayment":10370.320,"totalInterest":370.320,
            """
    )]
    public async Task Amounts_are_written_and_read_back_in_the_scale_of_the_organisations_currency(string currency, string expected)
    {
        var local = new Office(fixture, currency);

        var created = await local.OfferAsync();
        var read = await local.Installer.GetAsync($"/loan-offers/{created.Id}", HttpStatusCode.OK);

        created.Text.ShouldContain(expected.Trim());
        read.Text.ShouldBe(created.Text);
        read.ETag.ShouldBe(created.ETag);
    }

    [Fact]
    public async Task An_interest_free_loan_is_the_amount_divided_by_the_term()
    {
        var answer = await office.OfferAsync(office.Terms(loanAmount: 1_000, annualRatePercent: 0, termMonths: 4));

        answer["monthlyPayment"].ShouldBe("250.00");
        answer["totalPayment"].ShouldBe("1000.00");
        answer["totalInterest"].ShouldBe("0.00");
    }

    [Theory]
    [InlineData(500, 0, 1)]
    [InlineData(1_000_000, 50, 600)]
    [InlineData(12_345.67, 0.000001, 599)]
    public async Task The_edges_of_the_limits_are_offered(double amount, double rate, int months)
    {
        var answer = await office.OfferAsync(office.Terms((decimal)amount, (decimal)rate, months));

        answer.Json.GetProperty("totalInterest").GetDecimal().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("EUR", 1000.001)]
    [InlineData("JPY", 1000.5)]
    public async Task An_amount_with_more_decimals_than_the_currency_is_refused(string currency, double amount)
    {
        var local = new Office(fixture, currency);

        var answer = await local.Installer.SendAsync("POST", "/loan-offers", local.Terms(loanAmount: (decimal)amount));

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "amount-scale").WrongFields.ShouldBe(["loanAmount"]);
        (await local.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_unknown_customer_is_refused()
    {
        var answer = await office.Installer.SendAsync("POST", "/loan-offers", office.Terms(customerId: Unique.Id()));

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-customer").WrongFields.ShouldBe(["customerId"]);
        (await office.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_offer_keeps_the_customer_as_offered()
    {
        var offer = await office.OfferAsync();

        fixture.Customers.Put(office.Customer with { FullName = "Somebody Else", Email = "else@example.org" });

        var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        read["customer.fullName"].ShouldBe(office.Customer.FullName);
        read["customer.email"].ShouldBe(office.Customer.Email);
    }
}
