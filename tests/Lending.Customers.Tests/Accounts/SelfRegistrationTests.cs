using Lending.Platform.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace Lending.Customers.Tests.Accounts;

public class SelfRegistrationTests
{
    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Production", null, false)]
    [InlineData("Staging", null, false)]
    [InlineData("Development", "false", false)]
    [InlineData("Production", "true", true)]
    public void Sign_up_is_open_by_itself_in_Development_alone(string environment, string? setting, bool open) =>
        Registration(environment, "Registration:AllowSelfRegistration", setting).IsAllowed.ShouldBe(open);

    [Theory]
    [InlineData("Development", null, false)]
    [InlineData("Production", null, true)]
    [InlineData("Development", "true", true)]
    [InlineData("Production", "false", false)]
    public void Everywhere_but_in_Development_an_email_has_to_be_confirmed(string environment, string? setting, bool required) =>
        Registration(environment, "Registration:RequireConfirmedEmail", setting).RequiresConfirmedEmail.ShouldBe(required);

    private static SelfRegistration Registration(string environment, string name, string? setting) =>
        new(
            new ConfigurationBuilder().AddInMemoryCollection([new(name, setting)]).Build(),
            new HostingEnvironment { EnvironmentName = environment }
        );
}
