using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Lending.Host.Tests.Architecture;

/// <summary>
/// Which folders of a project use which, as it was compiled. A folder is what stands right below the root namespace; folders inside it are parts of it.
/// Constants and names of members leave no trace in what is compiled, so using them does not count.
/// </summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, SortedDictionary<string, string>> uses = new(StringComparer.Ordinal);
    private readonly ModuleDefinition module;
    private readonly string root;

    /// <summary>The name of what stands in no folder, but for the module's class, which composes all folders.</summary>
    public const string Root = ".";

    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">The assembly's file.</param>
    /// <param name="root">The namespace of which the folders are.</param>
    public FolderGraph(string assembly, string root)
    {
        module = ModuleDefinition.ReadModule(assembly);
        this.root = root;
        foreach (var type in module.GetAllTypes())
        {
            if (FolderOf(type) is { } folder)
            {
                var used = uses.TryGetValue(folder, out var known) ? known : uses[folder] = new(StringComparer.Ordinal);
                foreach (var other in TypesUsedBy(type).SelectMany(Parts))
                {
                    if (FolderOf(other) is { } otherFolder && otherFolder != folder)
                    {
                        used.TryAdd(otherFolder, $"{Outermost(type).Name} uses {Outermost(other).Name}");
                    }
                }
            }
        }
    }

    /// <summary>All folders in which there are types.</summary>
    public IReadOnlyCollection<string> Folders => uses.Keys;

    /// <summary>Who uses this folder, with the first type that was found to do so.</summary>
    public IReadOnlyDictionary<string, string> UsersOf(string folder) =>
        uses.Where(user => user.Value.ContainsKey(folder))
            .ToDictionary(user => user.Key, user => user.Value[folder], StringComparer.Ordinal);

    /// <summary>Each use of a folder by another one from which there is a way back, with the first type that was found to make it.</summary>
    /// <param name="exempt">Folders that do not count.</param>
    public IReadOnlyList<string> Circles(IReadOnlyCollection<string> exempt)
    {
        return
        [
            .. from folder in uses.Keys.Except(exempt).Order(StringComparer.Ordinal)
            from used in uses[folder]
            where Reaches(used.Key, folder, [.. exempt])
            select $"{folder} → {used.Key}: {used.Value}",
        ];

        bool Reaches(string from, string to, HashSet<string> passed) =>
            from == to || (passed.Add(from) && uses[from].Keys.Any(next => Reaches(next, to, passed)));
    }

    private string? FolderOf(TypeReference type)
    {
        var outermost = Outermost(type);
        if ((type as TypeDefinition)?.Module != module || outermost.Name.EndsWith("Module", StringComparison.Ordinal))
        {
            return null;
        }
        return outermost.Namespace == root ? Root
            : outermost.Namespace.StartsWith(root + ".", StringComparison.Ordinal) ? outermost.Namespace[(root.Length + 1)..].Split('.')[0]
            : null;
    }

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }
        return type;
    }

    /// <summary>The types that a type is made of: List of Offer is List and Offer.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => generic.GenericArguments.Append(generic.ElementType).SelectMany(Parts),
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };

    private static IEnumerable<TypeReference?> TypesUsedBy(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(implementation => implementation.InterfaceType),
            .. type.GenericParameters.SelectMany(ConstraintsOf),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Methods.SelectMany(SignatureOf),
            .. type.Methods.SelectMany(method => method.GenericParameters).SelectMany(ConstraintsOf),
            .. type.Methods.Where(method => method.HasBody).SelectMany(method => BodyOf(method.Body)),
            .. AttributesOf(type),
            .. type.Methods.SelectMany(AttributesOf),
            .. type.Properties.SelectMany(AttributesOf),
            .. type.Fields.SelectMany(AttributesOf),
        ];

    private static IEnumerable<TypeReference?> ConstraintsOf(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference?> AttributesOf(ICustomAttributeProvider member) =>
        member.CustomAttributes.SelectMany(attribute =>
            attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference).Append(attribute.AttributeType)
        );

    private static IEnumerable<TypeReference?> SignatureOf(MethodReference method) =>
        method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType).Append(method.DeclaringType);

    private static IEnumerable<TypeReference?> BodyOf(MethodBody body) =>
        [
            .. body.Variables.Select(variable => variable.VariableType),
            .. body.ExceptionHandlers.Select(handler => handler.CatchType),
            .. body.Instructions.SelectMany(OperandOf),
        ];

    private static IEnumerable<TypeReference?> OperandOf(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            GenericInstanceMethod method => SignatureOf(method).Concat(method.GenericArguments),
            MethodReference method => SignatureOf(method),
            _ => [],
        };
}
