using System.Text;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Payments;

/// <summary>The answer to who asks for a run's file.</summary>
internal static class BankRunFile
{
    public const string ContentType = "application/xml";

    /// <summary>The file of a run that was released, and whose parts are all at the bank or done; else why there is none.</summary>
    public static Results<FileContentHttpResult, Problem> Of(BankRun? run, bool isWhole) =>
        run is null ? Problem.NotFound
        : run.File is not { } file ? Problem.From(PaymentsErrors.RunNotReleased)
        // Handed in again, it would move money twice that another run moves.
        : !isWhole ? Problem.From(PaymentsErrors.RunFailed)
        : TypedResults.File(Encoding.UTF8.GetBytes(file.Text), ContentType, $"{run.MessageId}.xml");
}
