using Lending.Platform.Persistence;

namespace Lending.Platform.Outbox;

/// <summary>What SQL about outboxes says alike.</summary>
internal static class OutboxSql
{
    /// <summary>It is to be delivered, now or later.</summary>
    public const string IsWaiting = "delivered_at IS NULL AND died_at IS NULL";

    /// <summary>It failed too often. What is delivered or replayed is dead no longer.</summary>
    public const string IsDead = "died_at IS NOT NULL AND delivered_at IS NULL";

    /// <summary>The modules that have an outbox, by their schemas.</summary>
    public static IEnumerable<string> SchemasOf(IEnumerable<ModuleDatabase> databases) =>
        databases.Where(database => typeof(IHasOutbox).IsAssignableFrom(database.ContextType)).Select(database => database.Schema);

    /// <summary>The table in a schema. Names cannot be parameters; these come from our own code, never from a request.</summary>
    public static string TableOf(string schema) => $"\"{schema}\".\"{OutboxMessage.Table}\"";
}
