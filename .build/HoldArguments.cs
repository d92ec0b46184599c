using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a .NET assembly with MethodImplOptions.NoOptimization on every method that takes a certain class: its code keeps arguments alive
/// until it returns. Reads the tables of ECMA-335, partition II, 24.2.6 and 22; changes two bytes a method. Knows nothing of Torch.
/// </summary>
public class HoldArguments : Task
{
    private const int NoInlining = 0x08, NoOptimization = 0x40;   // ECMA-335 II.23.1.10
    private const int ModuleTable = 0, TypeRefTable = 1, TypeDefTable = 2, FieldTable = 4, MethodTable = 6, ParamTable = 8, ModuleRefTable = 26, TypeSpecTable = 27, AssemblyRefTable = 35;
    private const byte ClassElement = 0x12;                       // ELEMENT_TYPE_CLASS

    private byte[] _file;
    private int _strings, _blobs, _tables, _stringSize, _guidSize, _blobSize;
    private readonly int[] _rows = new int[64];

    public ITaskItem From { get; set; }

    public string To { get; set; }

    public string Class { get; set; }

    public override bool Execute()
    {
        _file = File.ReadAllBytes(From.GetMetadata("FullPath"));
        ReadStreams(MetadataRoot());
        int marked = Mark();
        if (marked == 0) throw new InvalidDataException("no method of " + From.ItemSpec + " takes a " + Class);
        Directory.CreateDirectory(Path.GetDirectoryName(To));
        File.WriteAllBytes(To, _file);
        Log.LogMessage(MessageImportance.Normal, marked + " methods hold their " + Class + " in " + To);
        return true;
    }

    // PE header, its CLI header (data directory 14), and the metadata that this one points to.
    private int MetadataRoot()
    {
        int optional = Int(0x3C) + 24, directories = optional + (Short(optional) == 0x20B ? 112 : 96);
        return Offset(Int(Offset(Int(directories + 14 * 8)) + 8));
    }

    private int Offset(int address)
    {
        int pe = Int(0x3C), section = pe + 24 + Short(pe + 20);
        for (int i = 0; i < Short(pe + 6); i++, section += 40)
            if (address >= Int(section + 12) && address < Int(section + 12) + Int(section + 16)) return address - Int(section + 12) + Int(section + 20);
        throw new InvalidDataException("no section holds address " + address);
    }

    private void ReadStreams(int root)
    {
        int at = root + 16 + Int(root + 12), count = Short(at + 2);
        at += 4;
        for (int i = 0; i < count; i++)
        {
            int offset = root + Int(at), end = Array.IndexOf(_file, (byte)0, at + 8);
            string name = Encoding.ASCII.GetString(_file, at + 8, end - at - 8);
            if (name == "#Strings") _strings = offset;
            else if (name == "#Blob") _blobs = offset;
            else if (name == "#~") ReadTables(offset);
            at += 8 + (name.Length + 4) / 4 * 4;
        }
    }

    private void ReadTables(int at)
    {
        (_stringSize, _guidSize, _blobSize) = ((_file[at + 6] & 1) != 0 ? 4 : 2, (_file[at + 6] & 2) != 0 ? 4 : 2, (_file[at + 6] & 4) != 0 ? 4 : 2);
        long present = BitConverter.ToInt64(_file, at + 8);
        _tables = at + 24;
        for (int table = 0; table < 64; table++)
        {
            if ((present >> table & 1) == 0) continue;
            _rows[table] = Int(_tables);
            _tables += 4;
        }
        if (_rows[3] + _rows[5] > 0) throw new InvalidDataException("the tables are not in their compressed order");
    }

    private int Mark()
    {
        int scope = Coded(2, ModuleTable, ModuleRefTable, AssemblyRefTable, TypeRefTable), extends = Coded(2, TypeDefTable, TypeRefTable, TypeSpecTable);
        int types = _tables + _rows[ModuleTable] * (2 + _stringSize + 3 * _guidSize) + _rows[TypeRefTable] * (scope + 2 * _stringSize);
        int typeSize = 4 + 2 * _stringSize + extends + Index(FieldTable) + Index(MethodTable);
        int methods = types + _rows[TypeDefTable] * typeSize + _rows[FieldTable] * (2 + _stringSize + _blobSize);
        int methodSize = 8 + _stringSize + _blobSize + Index(ParamTable), token = TokenOf(types, typeSize), marked = 0;
        for (int method = methods; method < methods + _rows[MethodTable] * methodSize; method += methodSize)
        {
            if (Int(method) == 0 || !Takes(Value(method + 8 + _stringSize, _blobSize), token)) continue;
            _file[method + 4] |= NoInlining | NoOptimization;
            marked++;
        }
        return marked;
    }

    private int TokenOf(int types, int typeSize)
    {
        for (int row = 0; row < _rows[TypeDefTable]; row++)
        {
            int at = types + row * typeSize + 4;
            if (Text(Value(at + _stringSize, _stringSize)) + "." + Text(Value(at, _stringSize)) == Class) return (row + 1) << 2;   // TypeDefOrRef: tag 0
        }
        throw new InvalidDataException("there is no class " + Class);
    }

    // The class's compressed token (II.23.2) behind ELEMENT_TYPE_CLASS; where the same bytes mean something else, a method more is marked.
    private bool Takes(int blob, int token)
    {
        int at = _blobs + blob, length = _file[at] < 0x80 ? _file[at] : ((_file[at] & 0x3F) << 8) | _file[at + 1];
        at += _file[at] < 0x80 ? 1 : 2;
        for (int i = at; i + 2 < at + length; i++)
            if (_file[i] == ClassElement && (token < 0x80 ? _file[i + 1] == token : _file[i + 1] == (0x80 | token >> 8) && _file[i + 2] == (token & 0xFF))) return true;
        return token < 0x80 && length > 1 && _file[at + length - 2] == ClassElement && _file[at + length - 1] == token;
    }

    private string Text(int index) => Encoding.UTF8.GetString(_file, _strings + index, Array.IndexOf(_file, (byte)0, _strings + index) - _strings - index);

    private int Index(int table) => _rows[table] < 0x10000 ? 2 : 4;

    private int Coded(int bits, params int[] tables)
    {
        foreach (int table in tables)
            if (_rows[table] >= 1 << (16 - bits)) return 4;
        return 2;
    }

    private int Value(int at, int size) => size == 2 ? Short(at) : Int(at);

    private int Short(int at) => BitConverter.ToUInt16(_file, at);

    private int Int(int at) => BitConverter.ToInt32(_file, at);
}
