using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The columns of a code that was mailed.</summary>
internal static class CodeColumns
{
    public static void AddChecks<T>(TableBuilder<T> table, string name)
        where T : CodeHolder
    {
        table.HasCheckConstraint(
            $"ck_{name}_code",
            $"(code_hash IS NULL) = (code_expires_at IS NULL) AND (code_hash IS NULL OR length(code_hash) = {Secret.HashBytes})"
        );
        table.HasCheckConstraint(
            $"ck_{name}_code_counts",
            $"code_tries BETWEEN 0 AND {CodeHolder.MostTries} AND codes_sent BETWEEN 0 AND {CodeHolder.MostCodes}"
        );
    }
}
