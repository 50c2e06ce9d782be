using System.Security.Cryptography;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Tests.Offers;

/// <summary>What a customer is mailed as a receipt of their acceptance, and who can check it.</summary>
public sealed class ReceiptTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("en", "Receipt of your acceptance", "with the customer's account")]
    [InlineData("de", "Beleg über Ihre Annahme", "mit dem Konto der Kundin oder des Kunden")]
    public async Task It_says_what_was_accepted_when_and_how_and_not_from_where(string language, string title, string how)
    {
        office.Set(organization => organization with { Language = language });

        var (offer, file) = await AcceptedAsync();

        var words = PdfReader.Words(file);
        var acceptance = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", System.Net.HttpStatusCode.OK);
        foreach (
            var said in (string[])
                [
                    title,
                    how,
                    "Solar GmbH",
                    office.Customer.FullName,
                    "Ada Berg",
                    offer.Id.ToString(),
                    offer["documentHash"]!,
                    "/documents/check",
                    TimeZoneInfo
                        .ConvertTime(
                            acceptance.Json.GetProperty("acceptedAt").GetDateTimeOffset(),
                            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")
                        )
                        .ToString("HH:mm:ss (zzz)", System.Globalization.CultureInfo.InvariantCulture),
                ]
        )
        {
            words.ShouldContain(said);
        }
        acceptance["ipAddress"].ShouldNotBeNullOrEmpty();
        words.ShouldNotContain(acceptance["ipAddress"]!);
        words.ShouldNotContain("SHA-256 of the standard information");
    }

    [Fact]
    public async Task Everybody_who_has_the_file_or_the_offers_hash_learns_what_it_is_and_of_which_day()
    {
        var (offer, file) = await AcceptedAsync();
        var today = DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(office.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DateTime
        );

        (await FindAsync(SHA256.HashData(file))).ShouldBe(new(IssuedDocumentKind.AcceptanceReceipt, today, IsSealed: true));
        (await FindAsync(Convert.FromHexString(offer["documentHash"]!))).ShouldBe(new(IssuedDocumentKind.AcceptedOffer, today));
        file[^1] ^= 1;
        (await FindAsync(SHA256.HashData(file))).ShouldBeNull();
        (await FindAsync(Convert.FromHexString((await office.OfferAsync("APPROVED"))["documentHash"]!))).ShouldBeNull("nobody accepted it");
    }

    [Fact]
    public async Task A_receipt_that_was_written_into_the_database_is_none_and_one_of_an_old_key_has_no_seal()
    {
        var (offer, file) = await AcceptedAsync();
        var hash = SHA256.HashData(file);

        await office.SqlAsync($"UPDATE loans.offer_receipts SET key_id = 'retired' WHERE offer_id = '{offer.Id}'");
        (await FindAsync(hash)).ShouldNotBeNull().IsSealed.ShouldBeFalse();

        var (other, _) = await AcceptedAsync();
        var forged = SHA256.HashData("forged"u8);
        await office.SqlAsync(
            $"UPDATE loans.offer_receipts SET file_hash = '\\x{Convert.ToHexStringLower(forged)}' WHERE offer_id = '{other.Id}'"
        );
        (await FindAsync(forged)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_tried_out_in_a_sandbox_is_no_document_of_ours()
    {
        office.Set(organization => organization with { IsSandbox = true });

        var (offer, file) = await AcceptedAsync();

        (await FindAsync(SHA256.HashData(file))).ShouldBeNull();
        (await FindAsync(Convert.FromHexString(offer["documentHash"]!))).ShouldBeNull();
    }

    private async Task<(Answer Offer, byte[] File)> AcceptedAsync()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        var message = office.Messages.To(office.Customer.Email).Last(sent => sent.Kind == MessageKind.AcceptanceReceipt);
        message.CustomerId.ShouldBe(office.Customer.Id);
        message.Values["offerId"].ShouldBe(offer.Id.ToString());
        return (offer, [.. message.File.ShouldNotBeNull().Content]);
    }

    // As a request of nobody who is known.
    private async Task<IssuedDocument?> FindAsync(byte[] hash)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IIssuedDocuments>().FindAsync(hash, TestContext.Current.CancellationToken);
    }
}
