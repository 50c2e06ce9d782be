using BenchmarkDotNet.Attributes;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Documents;

namespace Lending.Benchmarks;

/// <summary>What a document costs; demanded: 20 pages under 30 ms.</summary>
public class DocumentBenchmarks
{
    private static readonly OfferDocumentModel _short = Offer(3);
    private static readonly OfferDocumentModel _long = Offer(600);

    [Benchmark]
    public byte[] Document_3_rows() => OfferDocument.Render(_short, Wording.All[0]);

    /// <summary>19 pages.</summary>
    [Benchmark]
    public byte[] Document_600_rows() => OfferDocument.Render(_long, Wording.All[1]);

    private static OfferDocumentModel Offer(int termMonths)
    {
        var terms = new LoanTerms(250_000, 4.9m, termMonths, Currency.Get("EUR"))
        {
            FirstDueDate = new(2027, 1, 31),
            Fees = new LoanFees { Upfront = new Fee(150, null), Monthly = new Fee(2.5m, null) },
        };
        var quote = LoanQuote.TryOf(terms, out var computed, out var error) ? computed : throw new InvalidOperationException(error.Code);
        return new OfferDocumentModel
        {
            OfferId = Guid.Parse("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a"),
            Version = 1,
            Date = new(2026, 12, 31),
            ValidityDays = 30,
            Lender = "Sonnenkraft Groß & Söhne GmbH",
            CustomerName = "Łukasz Dvořák",
            CustomerEmail = "lukasz@example.org",
            CustomerAddress = "ulica Słoneczna 7\n90-001 Łódź",
            ProductName = null,
            Quote = quote,
            AprcPercent = quote.AprcPercent,
            Hash = new string('a', 64),
        };
    }
}
