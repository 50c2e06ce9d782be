namespace Lending.Testing;

/// <summary>Values that no other test has, so that tests share a database and need no clean-up.</summary>
public static class Unique
{
    /// <summary>Twenty hexadecimal digits.</summary>
    public static string Text() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));

    /// <summary>An id.</summary>
    public static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>A user name.</summary>
    public static string Username(string prefix = "user") => $"{prefix}-{Text()}";

    /// <summary>An e-mail address.</summary>
    public static string Email(string prefix = "person")
    {
        var email = $"{prefix}-{Text()}@example.org";
        LogWatch.OfThisRun.Learn(email);
        return email;
    }
}
