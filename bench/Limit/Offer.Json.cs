using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lending.Bench.Limit;

// As an answer, and as what is signed.
internal sealed partial record Offer
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? documentBuffer;

    [ThreadStatic]
    private static Utf8JsonWriter? documentWriter;

    /// <summary>As a member of a list.</summary>
    public void Write(Utf8JsonWriter json) => Write(json, withDocumentHash: false);

    /// <summary>As an answer of its own.</summary>
    public void WriteWithDocumentHash(Utf8JsonWriter json) => Write(json, withDocumentHash: true);

    private void Write(Utf8JsonWriter json, bool withDocumentHash)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("customerId", CustomerId);
        json.WriteStartObject("customer");
        json.WriteString("id", CustomerId);
        json.WriteString("fullName", FullName);
        json.WriteString("email", Email);
        json.WriteEndObject();
        json.WriteNumber("loanAmount", LoanAmount);
        json.WriteString("currency", Currency);
        json.WriteNumber("annualRatePercent", AnnualRatePercent);
        json.WriteNumber("termMonths", TermMonths);
        json.WriteNumber("monthlyPayment", MonthlyPayment);
        json.WriteNumber("totalPayment", TotalPayment);
        json.WriteNumber("totalInterest", TotalInterest);
        json.WriteNumber("amountOwed", AmountOwed);
        WriteFees(json);
        json.WriteNumber("totalPayable", TotalPayable);
        if (AprcPercent is { } aprc)
        {
            json.WriteNumber("aprcPercent", aprc);
        }
        else
        {
            json.WriteNull("aprcPercent");
        }
        json.WriteString("method", Method);
        json.WriteNumber("methodVersion", MethodVersion);
        Answer.WriteDate(json, "payoutDate", PayoutDate);
        Answer.WriteDate(json, "firstDueDate", FirstDueDate);
        json.WriteString("status", Status);
        json.WriteStartObject("createdBy");
        json.WriteString("id", CreatedById);
        json.WriteString("username", CreatedByUsername);
        json.WriteEndObject();
        json.WriteString("createdAt", CreatedAt);
        json.WriteString("updatedAt", UpdatedAt);
        json.WriteNumber("version", Version);
        if (withDocumentHash)
        {
            Span<char> text = stackalloc char[2 * SHA256.HashSizeInBytes];
            Convert.TryToHexStringLower(DocumentHash, text, out _);
            json.WriteString("documentHash", text);
        }
        WriteTime(json, "validUntil", ValidUntil);
        WriteTime(json, "withdrawalEndsAt", WithdrawalEndsAt);
        json.WriteEndObject();
    }

    // The SHA-256 of the JSON of all that the document says.
    private byte[] HashDocument()
    {
        documentBuffer ??= new ArrayBufferWriter<byte>(4 * 1024);
        documentBuffer.ResetWrittenCount();
        var json = documentWriter ??= new Utf8JsonWriter(documentBuffer, new JsonWriterOptions { SkipValidation = true });
        json.Reset(documentBuffer);
        json.WriteStartObject();
        json.WriteString("offerId", Id);
        json.WriteNumber("version", Version);
        json.WriteString("lender", Lender);
        json.WriteString("customerId", CustomerId);
        json.WriteString("customerName", FullName);
        json.WriteString("customerEmail", Email);
        json.WriteString("customerAddress", PostalAddress);
        json.WriteString("currency", Currency);
        json.WriteNumber("loanAmount", LoanAmount);
        json.WriteNumber("annualRatePercent", AnnualRatePercent);
        json.WriteNumber("termMonths", TermMonths);
        json.WriteNumber("monthlyPayment", MonthlyPayment);
        json.WriteNumber("totalPayment", TotalPayment);
        json.WriteNumber("totalInterest", TotalInterest);
        Answer.WriteDate(json, "firstDueDate", FirstDueDate);
        json.WriteString("method", Method);
        json.WriteNumber("methodVersion", MethodVersion);
        Answer.WriteDate(json, "payoutDate", PayoutDate);
        json.WriteNumber("amountOwed", AmountOwed);
        WriteFees(json);
        json.WriteNumber("totalPayable", TotalPayable);
        if (AprcPercent is { } aprc)
        {
            json.WriteNumber("aprcPercent", aprc);
        }
        json.WriteEndObject();
        json.Flush();
        return SHA256.HashData(documentBuffer.WrittenSpan);
    }

    private void WriteFees(Utf8JsonWriter json)
    {
        json.WriteStartObject("fees");
        json.WriteNumber("upfront", UpfrontFee);
        json.WriteNumber("financed", FinancedFee);
        json.WriteNumber("monthly", MonthlyFee);
        json.WriteNumber("dealer", DealerFee);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
