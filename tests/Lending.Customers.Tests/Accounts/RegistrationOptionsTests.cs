using Lending.Customers.Accounts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Lending.Customers.Tests.Accounts;

public class RegistrationOptionsTests
{
    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Production", null, false)]
    [InlineData("Staging", null, false)]
    [InlineData("Development", "false", false)]
    [InlineData("Production", "true", true)]
    public void Sign_up_is_open_by_itself_in_Development_alone(string environment, string? setting, bool open)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Registration:AllowCustomerSelfRegistration"] = setting }
            )
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        new CustomersModule().AddServices(services, new HostingEnvironment { EnvironmentName = environment });
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IOptions<RegistrationOptions>>().Value.AllowCustomerSelfRegistration.ShouldBe(open);
    }
}
