using Lending.Identity.Users;

namespace Lending.Identity.Tests.Passwords;

public sealed class PasswordRulesTests
{
    private static IEnumerable<string> Broken(
        string password,
        string? username = "max.muster",
        string? email = "m.schneider@example.org"
    ) => PasswordRules.Check(password, username, email).Select(error => error.Code);

    [Theory]
    [InlineData("violet-harbour-47-kites")]
    [InlineData("Sonnendach-2026!")]
    [InlineData("correct horse battery staple")]
    [InlineData("xK7#mQ2$vL9!")]
    [InlineData("Größe über alles Käse")]
    [InlineData("パスワードは長いほど良い")]
    [InlineData("2026-11-21T10:00")]
    public void Good_passwords_pass(string password) => Broken(password).ShouldBeEmpty();

    [Fact]
    public void Length_is_from_12_to_128()
    {
        Broken("vqjxkzwpfhg").ShouldBe(["password-too-short"]);
        Broken("vqjxkzwpfhgy").ShouldBeEmpty();
        Broken(string.Concat(Enumerable.Repeat("vqjxkzwpfh-8y2/", 9))[..128]).ShouldBeEmpty();
        Broken(string.Concat(Enumerable.Repeat("vqjxkzwpfh-8y2/", 9))[..129]).ShouldBe(["password-too-long"]);
    }

    [Theory]
    [InlineData("839201746558")]
    [InlineData("٣٤٥٦٧٨٩٠١٢٣٤")]
    public void Digits_alone_are_refused(string password) => Broken(password).ShouldContain("password-all-digits");

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password2024!")]
    [InlineData("P@$$w0rd12345")]
    [InlineData("!!!!Dragon!!!!")]
    [InlineData("$unshine2024!")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiop123")]
    [InlineData("Qwertyuiop[]1")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("aaaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("abcdabcdabcd")]
    [InlineData("!!!!!!!!!!!!!")]
    [InlineData("superman12345")]
    public void Common_passwords_and_what_people_make_of_them_are_refused(string password) =>
        Broken(password).ShouldContain("password-too-common");

    [Theory]
    [InlineData("max.muster-2026")]
    [InlineData("MAX_MUSTER_2026")]
    [InlineData("m4xmu5t3r-2026")]
    [InlineData("haus-von-muster")]
    [InlineData("Schneider-Haus-7")]
    [InlineData("my-5chne1der-pw")]
    public void Passwords_like_username_or_email_are_refused(string password) => Broken(password).ShouldBe(["password-similar"]);

    [Fact]
    public void A_password_that_is_part_of_the_name_is_refused_and_short_names_are_not_compared()
    {
        Broken("vqjxkzwpfhgy", username: "the-vqjxkzwpfhgy-man").ShouldBe(["password-similar"]);
        Broken("bananaboat-annual", username: "ann", email: "bo@example.org").ShouldBeEmpty();
        Broken("violet-harbour-47", username: null, email: null).ShouldBeEmpty();
    }

    [Fact]
    public void Every_broken_rule_is_told() =>
        Broken("11111111", username: "x11111111")
            .ShouldBe(["password-too-short", "password-all-digits", "password-too-common", "password-similar"]);

    [Fact]
    public void The_list_is_shipped_with_its_source_and_licence()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream(typeof(PasswordRules), "common-passwords.txt")!;
        stream.Length.ShouldBeLessThan(200 * 1024);
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n');
        lines.Count(line => line.Length > 0 && line[0] != '#').ShouldBeGreaterThan(5000);
        lines.ShouldContain(line =>
            line.StartsWith("# Common passwords", StringComparison.Ordinal) && line.Contains("zxcvbn", StringComparison.Ordinal)
        );
        lines.ShouldContain(line => line.StartsWith("# Permission is hereby granted", StringComparison.Ordinal));
    }
}
