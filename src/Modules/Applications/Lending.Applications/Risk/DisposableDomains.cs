namespace Lending.Applications.Risk;

/// <summary>Providers of e-mail addresses to throw away: some of the best known, with everything below them.</summary>
internal static class DisposableDomains
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "10minutemail.com",
        "byom.de",
        "dispostable.com",
        "fakeinbox.com",
        "getnada.com",
        "grr.la",
        "guerrillamail.com",
        "guerrillamail.de",
        "mailcatch.com",
        "maildrop.cc",
        "mailinator.com",
        "mailnesia.com",
        "mintemail.com",
        "sharklasers.com",
        "spambog.com",
        "spamgourmet.com",
        "temp-mail.org",
        "tempmail.de",
        "throwawaymail.com",
        "trash-mail.com",
        "trashmail.com",
        "trashmail.de",
        "wegwerfmail.de",
        "yopmail.com",
    };

    /// <summary>Whether the address is of one of them.</summary>
    public static bool Has(string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..];
        while (!Known.Contains(domain))
        {
            var dot = domain.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                return false;
            }
            domain = domain[(dot + 1)..];
        }
        return true;
    }
}
