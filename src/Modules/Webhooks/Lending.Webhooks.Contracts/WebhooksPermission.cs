namespace Lending.Webhooks.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class WebhooksPermission
{
    /// <summary>Say where the organisation's events are sent, and see what became of them.</summary>
    public const string WebhooksManage = "webhooks:manage";
}
