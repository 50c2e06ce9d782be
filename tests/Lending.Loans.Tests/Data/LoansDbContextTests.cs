using Lending.Loans.Data;
using Lending.Loans.Tests.Offers;
using Lending.Loans.Tests.Products;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Loans.Tests.Data;

public sealed class LoansDbContextTests(LoansFixture fixture)
{
    // What the database refuses even where the code is wrong.
    [Theory]
    [InlineData("loan_amount = 499.99, amount_owed = 499.99, total_interest = total_payment - 499.99", "ck_offers_loan_amount")]
    [InlineData("annual_rate_percent = 50.1", "ck_offers_annual_rate_percent")]
    [InlineData("term_months = 0", "ck_offers_term_months")]
    [InlineData("currency = 'eur'", "ck_offers_currency")]
    [InlineData("monthly_payment = 0", "ck_offers_monthly_payment")]
    [InlineData("total_payment = loan_amount - 1, total_payable = loan_amount - 1, total_interest = -1", "ck_offers_total_payment")]
    [InlineData("amount_owed = amount_owed + 1, total_interest = total_interest - 1", "ck_offers_amount_owed")]
    [InlineData("total_payable = total_payable + 0.01", "ck_offers_total_payable")]
    [InlineData("fees_monthly = -1, total_payable = total_payable - term_months", "ck_offers_fees")]
    [InlineData("fees_dealer = loan_amount", "ck_offers_fees_dealer")]
    [InlineData("aprc_percent = -0.1", "ck_offers_aprc_percent")]
    [InlineData("method = 'balloon'", "ck_offers_method")]
    [InlineData("method_version = 0", "ck_offers_method_version")]
    [InlineData("payout_date = first_due_date + 1", "ck_offers_first_due_date")]
    [InlineData("total_interest = total_interest + 0.01", "ck_offers_total_interest")]
    [InlineData("status = 'OPEN'", "ck_offers_status")]
    [InlineData("status = 'APPROVED'", "ck_offers_valid_until")]
    [InlineData("status = 'ACCEPTED', valid_until = now()", "ck_offers_withdrawal_ends_at")]
    [InlineData("version = 0", "ck_offers_version")]
    [InlineData("version = 1001", "ck_offers_version")]
    public async Task The_database_keeps_offers_sound(string change, string constraint)
    {
        var office = new Office(fixture);
        var offer = await office.OfferAsync();

        await ShouldBreakAsync(office, $"UPDATE loans.offers SET {change} WHERE id = '{offer.Id}'", constraint);
    }

    public static TheoryData<string?, string, string> ForbiddenMoves()
    {
        var data = new TheoryData<string?, string, string>
        {
            { null, "PENDING", "ix_offer_transitions_offer_id_to" },
            { "PENDING", "APPROVED", "ix_offer_transitions_offer_id_to" },
            // Each state is left once.
            { "PENDING", "CANCELLED", "ix_offer_transitions_offer_id_from" },
            { "PENDING", "OPEN", "ck_offer_transitions_from_to" },
            { "OPEN", "APPROVED", "ck_offer_transitions_from_to" },
        };
        foreach (var from in (IEnumerable<string?>)[null, .. Steps.States])
        {
            foreach (var to in Steps.States)
            {
                var isThere = from is null ? to == "PENDING" : Steps.All.Append("expire").Any(step => Steps.Next(from, step) == to);
                if (!isThere)
                {
                    data.Add(from, to, "ck_offer_transitions_from_to");
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(ForbiddenMoves))]
    public async Task The_database_keeps_histories_sound(string? from, string to, string constraint)
    {
        var office = new Office(fixture);
        var offer = await office.OfferAsync("APPROVED");
        var reason = to == "REJECTED" ? "'OTHER'" : "NULL";

        await ShouldBreakAsync(office, Move(office, offer, from is null ? "NULL" : $"'{from}'", to, reason), constraint);
    }

    [Theory]
    [InlineData("REJECTED", "NULL", "ck_offer_transitions_rejection")]
    [InlineData("CANCELLED", "'OTHER'", "ck_offer_transitions_rejection")]
    [InlineData("REJECTED", "'BAD_HAIR'", "ck_offer_transitions_reason")]
    public async Task The_database_keeps_reasons_sound(string to, string reason, string constraint)
    {
        var office = new Office(fixture);
        var offer = await office.OfferAsync();

        await ShouldBreakAsync(office, Move(office, offer, "'PENDING'", to, reason), constraint);
    }

    private static string Move(Office office, Answer offer, string from, string to, string reason) =>
        $"""
            INSERT INTO loans.offer_transitions (id, organization_id, offer_id, "from", "to", reason, comment, at, by_id, by_username)
            VALUES (gen_random_uuid(), '{office.Id}', '{offer.Id}', {from}, '{to}', {reason}, 'why', now(), gen_random_uuid(), 'ingrid')
            """;

    [Theory]
    [InlineData("UPDATE loans.products SET name = ''", "ck_products_name")]
    [InlineData("UPDATE loans.products SET name = ' Solar'", "ck_products_name")]
    [InlineData("UPDATE loans.products SET currency = 'eur'", "ck_products_currency")]
    [InlineData("UPDATE loans.products SET current_version = 0", "ck_products_current_version")]
    [InlineData("UPDATE loans.product_versions SET number = 0", "ck_product_versions_number")]
    [InlineData(
        "INSERT INTO loans.product_versions SELECT gen_random_uuid(), organization_id, product_id, number, content, now(), created_by_id, '' FROM loans.product_versions",
        "ux_product_versions_product_id_number"
    )]
    [InlineData("UPDATE loans.offers SET product_id = gen_random_uuid()", "ck_offers_product")]
    [InlineData(
        "UPDATE loans.offers SET product_id = gen_random_uuid(), product_version = 1, product_name = 'Solar', product_content = '{{}}'",
        "fk_offers_product_versions_product_id_product_version"
    )]
    public async Task The_database_keeps_products_sound(string change, string constraint)
    {
        var office = new Office(fixture);
        await office.ProductAsync();
        await office.OfferAsync();

        await ShouldBreakAsync(office, $"{change} WHERE organization_id = '{office.Id}'", constraint);
    }

    private static async Task ShouldBreakAsync(Office office, string sql, string constraint)
    {
        var exception = await Should.ThrowAsync<PostgresException>(() =>
            office.BehindTheApiAsync((LoansDbContext db) => db.Database.ExecuteSqlRawAsync(sql))
        );
        exception.ConstraintName.ShouldBe(constraint);
    }
}
