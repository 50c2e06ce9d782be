using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Notifications.Preferences;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lending.Notifications;

/// <summary>Messages to people: written, sent, and what became of them.</summary>
public sealed class NotificationsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddModuleDbContext<NotificationsDbContext>(NotificationsDbContext.Schema);
        services.AddSingleton(new PermissionGrant(NotificationsPermission.NotificationsRead, Role.Installer, Role.Admin, Role.Underwriter));
        services.AddSingleton(new PermissionGrant(NotificationsPermission.NotificationsReadStaff, Role.Admin));
        services.AddSingleton(new PermissionGrant(NotificationsPermission.SandboxMessages, Role.Admin) { Keys = KeyGrant.Sandbox });
        services.AddSingleton(new PermissionGrant(NotificationsPermission.SuppressionsLift, Role.Installer, Role.Admin));
        services.AddSingleton(new PermissionGrant(NotificationsPermission.BouncesReport) { IsForPlatform = true, Keys = KeyGrant.All });
        foreach (var own in (string[])[NotificationsPermission.PreferencesOwn, NotificationsPermission.InboxOwn])
        {
            services.AddSingleton(new PermissionGrant(own, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter));
        }
        services.AddConstraintError(OptOutConfiguration.OneOfCustomer, Error.ConcurrentChange);
        services.AddConstraintError(OptOutConfiguration.OneOfUser, Error.ConcurrentChange);
        services.AddConstraintError(SuppressionConfiguration.OneOfAddress, Error.ConcurrentChange);
        services
            .AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                mail => environment.IsDevelopment() || !string.IsNullOrEmpty(mail.Host),
                $"{MailOptions.Section}__{nameof(MailOptions.Host)} must name the mail server: outside Development, secrets reach people by mail only."
            )
            .ValidateOnStart();
        services.AddSingleton<IMailTransport>(provider =>
            string.IsNullOrEmpty(provider.GetRequiredService<IOptions<MailOptions>>().Value.Host)
                ? ActivatorUtilities.CreateInstance<FileTransport>(provider)
                : ActivatorUtilities.CreateInstance<SmtpTransport>(provider)
        );
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<MailSignature>();
        services.AddSingleton<UnsubscribeTokens>();
        services.AddScoped<IUnsubscriptions, Unsubscriptions>();
        services.AddScoped<INotifications, Notifier>();
        services.AddScoped<UndeliveredMessages>();
        services.AddScoped<IMessageOutcomes, MessageOutcomes>();
        services.AddScoped<ICustomerRecords, MessageRecords>();
        services.AddScoped<ICustomerRecords, PreferenceRecords>();
        services.AddScoped<IOldRecords, OldMessages>();
        services.AddSingleton<NotificationSender>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationSender>());
        services.AddSingleton(NotificationFigures.Waiting);
        services.AddSingleton(NotificationFigures.Oldest);
    }
}
