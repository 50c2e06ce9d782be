using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Platform.Persistence;

/// <summary>The columns of a code that was mailed.</summary>
public static class CodeColumns
{
    /// <summary>What always holds of them, in a table of this name.</summary>
    public static void AddChecks<T>(TableBuilder<T> table, string name)
        where T : MailedCode
    {
        table.HasCheckConstraint(
            $"ck_{name}_code",
            $"(code_hash IS NULL) = (code_expires_at IS NULL) AND (code_hash IS NULL OR length(code_hash) = {Secret.HashBytes})"
        );
        table.HasCheckConstraint(
            $"ck_{name}_code_counts",
            $"code_tries BETWEEN 0 AND {MailedCode.MostTries} AND codes_sent BETWEEN 0 AND {MailedCode.MostCodes}"
        );
    }
}
