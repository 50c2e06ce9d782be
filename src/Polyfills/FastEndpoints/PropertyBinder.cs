using System.Reflection;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FastEndpoints;

/// <summary>The properties of requests.</summary>
internal static class RequestProperties
{
    public static PropertyInfo[] Of(Type request) =>
        [
            .. request
                .GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0),
        ];

    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<BindFromAttribute>()?.Name ?? property.Name;

    public static bool HasName(PropertyInfo property, string name) => NameOf(property).Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Binds one request property from the sources other than JSON.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
internal abstract class PropertyBinder<TRequest>
    where TRequest : notnull
{
    /// <summary>The property's name in C#.</summary>
    public required string Name { get; init; }

    /// <summary>Its name on the wire, and in failures.</summary>
    public required string FieldName { get; init; }

    /// <summary>Makes the binder of a property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="application">The application.</param>
    /// <returns>The binder; null where no source but JSON can fill the property.</returns>
    public static PropertyBinder<TRequest>? Create(PropertyInfo property, ApplicationContext application)
    {
        if (property.IsDefined(typeof(FromBodyAttribute)))
        {
            return null;
        }

        return (PropertyBinder<TRequest>?)
            typeof(PropertyBinder<TRequest>)
                .GetMethod(nameof(CreateTyped), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(property.PropertyType)
                .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [property, application], null);
    }

    /// <summary>Sets the property if a source has a value.</summary>
    /// <param name="request">The request.</param>
    /// <param name="http">The HTTP context.</param>
    /// <param name="form">The form, if there is one.</param>
    /// <param name="failures">Takes the failures.</param>
    public abstract void Bind(TRequest request, HttpContext http, IFormCollection? form, List<ValidationFailure> failures);

    private static PropertyBinder<TRequest>? CreateTyped<T>(PropertyInfo property, ApplicationContext application)
    {
        var claim = property.GetCustomAttribute<FromClaimAttribute>();
        var header = property.GetCustomAttribute<FromHeaderAttribute>();
        var name = RequestProperties.NameOf(property);
        var fieldName =
            header?.HeaderName
            ?? claim?.ClaimType
            ?? (string.Equals(name, property.Name, StringComparison.Ordinal) ? application.FieldNames.Of(name) : name);
        var set = property.SetMethod!.CreateDelegate<Action<TRequest, T?>>();
        if (typeof(T) == typeof(IFormFile))
        {
            return new FileBinder<TRequest>((Action<TRequest, IFormFile?>)(object)set) { Name = property.Name, FieldName = fieldName };
        }

        return application.Parsers.For<T>() is not { } parse
            ? null
            : new ValueBinder<TRequest, T>(name, parse, set, application.Config.Binding.FailureMessage)
            {
                Name = property.Name,
                FieldName = fieldName,
                Claim = claim,
                Header = header,
                DontBind = property.GetCustomAttribute<DontBindAttribute>(),
            };
    }
}

/// <summary>Binds an uploaded file.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <param name="set">Sets the property.</param>
internal sealed class FileBinder<TRequest>(Action<TRequest, IFormFile?> set) : PropertyBinder<TRequest>
    where TRequest : notnull
{
    public override void Bind(TRequest request, HttpContext http, IFormCollection? form, List<ValidationFailure> failures)
    {
        if (form?.Files.GetFile(Name) is { } file)
        {
            set(request, file);
        }
    }
}

/// <summary>Binds a value, or a list of values.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="T">The type of the property.</typeparam>
/// <param name="key">Its name in forms, routes and queries.</param>
/// <param name="parse">Converts texts to it.</param>
/// <param name="set">Sets the property.</param>
/// <param name="failureMessage">Says what is wrong with a text.</param>
internal sealed class ValueBinder<TRequest, T>(
    string key,
    ValueParser<T> parse,
    Action<TRequest, T?> set,
    Func<Type, string, StringValues, string> failureMessage
) : PropertyBinder<TRequest>
    where TRequest : notnull
{
    public FromClaimAttribute? Claim { get; init; }

    public FromHeaderAttribute? Header { get; init; }

    public DontBindAttribute? DontBind { get; init; }

    public override void Bind(TRequest request, HttpContext http, IFormCollection? form, List<ValidationFailure> failures)
    {
        var raw = Raw(http, form);
        if (raw.Count == 0)
        {
            if (Claim?.IsRequired is true || Header?.IsRequired is true || DontBind?.IsRequired is true)
            {
                failures.Add(new ValidationFailure(FieldName, "The value is missing."));
            }
        }
        else if (parse(raw, out var value))
        {
            set(request, value);
        }
        else
        {
            failures.Add(new ValidationFailure(FieldName, failureMessage(typeof(T), FieldName, raw), raw.ToString()));
        }
    }

    /// <summary>The value of the last source in the binding order that has one.</summary>
    private StringValues Raw(HttpContext http, IFormCollection? form)
    {
        if (Claim is not null)
        {
            return http.User.FindAll(Claim.ClaimType ?? key).Select(claim => claim.Value).ToArray();
        }

        if (Header is not null)
        {
            return http.Request.Headers[Header.HeaderName ?? key];
        }

        var off = DontBind?.BindingSources ?? default;
        if (!off.HasFlag(Source.QueryParam) && http.Request.QueryString.HasValue && http.Request.Query.TryGetValue(key, out var query))
        {
            return query;
        }

        if (!off.HasFlag(Source.RouteParam) && http.Request.RouteValues.TryGetValue(key, out var route) && route is not null)
        {
            return route.ToString();
        }

        return !off.HasFlag(Source.FormField) && form is not null ? form[key] : StringValues.Empty;
    }
}
