using System.Net;
using Lending.Testing;
using OtpNet;

namespace Lending.Identity.Tests.Authentication;

/// <summary>Somebody who signed up on a host of a test's own, and has second factors.</summary>
internal sealed class FactorOwner(ModuleHost own, AccountBody body)
{
    private byte[] secret = [];

    public string RefreshToken { get; private set; } = "";

    public string[] RecoveryCodes { get; private set; } = [];

    public HttpClient Client { get; } = new() { BaseAddress = own.Client.BaseAddress };

    public AccountBody Body => body;

    /// <summary>The code that the app shows; of a step that was not used yet.</summary>
    public string NextCode()
    {
        own.Clock.Advance(TimeSpan.FromSeconds(30));
        return Code();
    }

    /// <summary>The code of this step, or of one ahead.</summary>
    public string Code(int ahead = 0) => new Totp(secret).ComputeTotp(own.Clock.GetUtcNow().UtcDateTime.AddSeconds(30 * ahead));

    public static async Task<FactorOwner> RegisterAsync(ModuleHost own)
    {
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var owner = new FactorOwner(own, body);
        owner.Enter(await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK));
        return owner;
    }

    public static async Task<FactorOwner> WithTotpAsync(ModuleHost own)
    {
        var owner = await RegisterAsync(own);
        await owner.SetTotpUpAsync();
        return owner;
    }

    public async Task SetTotpUpAsync()
    {
        await StartTotpAsync();
        KeepCodes(await ConfirmTotpAsync());
        await RefreshAsync();
    }

    public async Task<Answer> StartTotpAsync()
    {
        var setup = await Client.PostAsync("/users/me/totp", null, HttpStatusCode.OK);
        secret = Base32Encoding.ToBytes(setup["secret"]);
        return setup;
    }

    public Task<Answer> ConfirmTotpAsync() => Client.PostAsync("/users/me/totp/confirmation", new { code = Code() }, HttpStatusCode.OK);

    /// <summary>Registers the authenticator as a passkey.</summary>
    public async Task AddPasskeyAsync(SoftwareAuthenticator authenticator)
    {
        await Client.PostAsync("/users/me/passkeys", await PasskeyAsync(authenticator), HttpStatusCode.OK);
        await RefreshAsync();
    }

    /// <summary>The body of such a registration.</summary>
    public async Task<object> PasskeyAsync(SoftwareAuthenticator authenticator)
    {
        var started = await Client.PostAsync("/users/me/passkeys/challenge", null, HttpStatusCode.OK);
        return new
        {
            challenge = started["challenge"],
            name = "My phone",
            passkey = authenticator.Register(started.Json.GetProperty("options")),
        };
    }

    public void KeepCodes(Answer answer) =>
        RecoveryCodes = [.. answer.Json.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)];

    public async Task RefreshAsync() =>
        Enter(await own.Client.PostAsync("/auth/token/refresh", new { refreshToken = RefreshToken }, HttpStatusCode.OK));

    public Task<Answer> LogInAsync() => own.Client.SendAsync("POST", "/auth/login", new { body.username, body.password });

    public async Task<string> StartLoginAsync() =>
        (await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.Accepted))["challenge"]!;

    public Task<Answer> GiveAsync(object factor) => own.Client.SendAsync("POST", "/auth/login/second-factor", factor);

    public void Enter(Answer session)
    {
        RefreshToken = session["refreshToken"]!;
        Client.WithToken(session["accessToken"]!);
    }
}
