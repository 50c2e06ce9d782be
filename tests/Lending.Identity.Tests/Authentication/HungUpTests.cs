using Lending.Identity.Users;
using Lending.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Tests.Authentication;

/// <summary>A client goes away while its password is looked at.</summary>
public sealed class HungUpTests
{
    [Fact]
    public async Task A_failure_is_told_to_the_audit_log_all_the_same()
    {
        await using var own = await IdentityFixture.StartAsync(services => services.AddSingleton<IPasswordHasher<User>, HangsUp>());
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, System.Net.HttpStatusCode.Created);

        await Should.ThrowAsync<HttpRequestException>(() =>
            own.Client.SendAsync("POST", "/auth/login", new { body.username, password = IdentityFixture.OtherPassword })
        );

        var asked = TimeProvider.System.GetUtcNow();
        object? told;
        do
        {
            told = await own.ReadSqlAsync("SELECT count(*) FROM audit.entries WHERE action = 'FAILURE'");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        } while (told is 0L && TimeProvider.System.GetUtcNow() < asked.AddMinutes(1));
        told.ShouldBe(1L);
    }

    private sealed class HangsUp(IHttpContextAccessor accessor) : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> inner = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

        public string HashPassword(User user, string password) => inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            accessor.HttpContext!.Abort();
            return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
