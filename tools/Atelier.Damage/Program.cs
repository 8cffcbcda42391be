using System.Diagnostics;
using System.Globalization;
using Atelier.Damage;

// atelier-damage COUNT OUT SEED...: reads COUNT damaged copies of the files SEED (files or folders), and keeps in the
// folder OUT those that did anything but be read or be refused. --read FIRST COUNT SEED...: the same in this process.
const int Batch = 500;
bool isReader = args is ["--read", ..];
string[] paths =
[
    .. args.Skip(isReader ? 3 : 2).SelectMany<string, string>(path => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path]),
];
if (paths.Length == 0)
{
    Console.Error.WriteLine("usage: atelier-damage COUNT OUT SEED...");
    return 2;
}

Damages damages = new([.. paths.Select(File.ReadAllBytes)]);
int Number(int argument) => int.Parse(args[argument], CultureInfo.InvariantCulture);
if (isReader)
{
    Reader.Run(damages, Number(1), Number(2));
    return 0;
}

Directory.CreateDirectory(args[1]);
Dictionary<string, int> results = [];
int total = Number(0), problems = 0;
for (int next = 0; next < total;)
{
    ProcessStartInfo start = new(Environment.ProcessPath!)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    foreach (string argument in (string[])["--read", $"{next}", $"{Math.Min(Batch, total - next)}", .. args[2..]])
        start.ArgumentList.Add(argument);
    using Process reader = Process.Start(start)!;
    reader.ErrorDataReceived += (_, _) => { };
    reader.BeginErrorReadLine();
    (int begun, int ended) = (next - 1, next - 1);
    while (reader.StandardOutput.ReadLine() is string line)
    {
        string[] words = line.Split(' ', 3);
        int number = int.Parse(words[1], CultureInfo.InvariantCulture);
        if (words[0] == "begin") begun = number;
        else Count(ended = number, words[2]);
    }

    reader.WaitForExit();
    if (begun > ended) Count(begun, $"crash-{reader.ExitCode}");
    next = Math.Max(begun, next) + 1;
    Console.Error.WriteLine($"{next} of {total}, {problems} problems");
}

foreach ((string result, int count) in results.OrderByDescending(pair => pair.Value))
    Console.WriteLine($"{count,7} {result}");
return problems == 0 ? 0 : 1;

void Count(int number, string result)
{
    results[result] = results.GetValueOrDefault(result) + 1;
    if (result.Split(' ').All(word => word is "read" or "refused")) return;
    problems++;
    string name = $"{number}-{Path.GetFileName(paths[number % paths.Length])}";
    File.WriteAllBytes(Path.Combine(args[1], name), damages.Create(number));
    Console.WriteLine($"{name}: {result}");
}
