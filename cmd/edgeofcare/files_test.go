package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// writing are command lines of every kind of file, with -o FILE at the end where
// FILE stands for a place in a folder.
var writing = []string{
	"compare PLAIN -n 5 -o FILE.csv", "run PLAIN -n 5 -o FILE.md", "merge PLAIN testdata/none -o FILE.txt", "invest INVESTED -n 5 --cases low -o FILE.json",
	"stress INVESTED -n 5 --stress all_at_once -o FILE.csv", "size INVESTED -n 5 --cases low -o FILE.csv", "backtest PLAIN -n 5 -o FILE.txt", "reforecast UNSURE --set cohorts.step-down.lag=4_weeks --actuals testdata/invented-claims.csv --draws 20 -o FILE.csv",
	"bids PLAIN PLAIN_+_dearer_homes -n 5 -o FILE.csv", "benchmark PLAIN -o FILE.csv", "explain -o FILE.txt", "show PLAIN -o FILE.csv", "list -o FILE.csv",
	"indigo testdata/export -o FILE.csv", "indigo testdata/export Ashby -o FILE.yaml", "calibrate testdata/spells.csv -o FILE.yaml", "forecast RETURNS -n 5 --years 1 -o FILE.csv", "run PLAIN -n 5 --shard 1/2 -o FILE", "init FILE.yaml",
	"plot PLAIN payments -n 5 -o FILE.svg", "plot PLAIN payments -n 5 -o FILE.csv", "plot PLAIN --all -n 5 -f csv -o FILE",
}

// inFolder is a command line whose file stands in a folder, and its place.
func inFolder(t *testing.T, line, folder string) (arguments []string, place string) {
	t.Helper()
	for _, a := range (goldenFile{line: line}).asLine() {
		if strings.HasPrefix(a, "FILE") {
			place = filepath.Join(folder, "tables"+strings.TrimPrefix(a, "FILE"))
			a = place
		}
		if a == "testdata/none" {
			a = partOf(t)
		}
		arguments = append(arguments, a)
	}
	require.NotEmpty(t, place)
	return arguments, place
}

// partOf is a part of all replications of a run of PLAIN.
func partOf(t *testing.T) string {
	t.Helper()
	place := filepath.Join(t.TempDir(), "part")
	_, errors, code := edgeofcare(t, "run", "testdata/plain.yaml", "-n", "5", "--shard", "1/1", "-o", place)
	require.Zero(t, code, errors)
	return place
}

// contents are the files of a folder and those below it.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all[path] = string(text)
		return err
	}))
	return all
}

// A file is there when the command has ended well, and nothing beside it.
func TestEveryFileIsWhole(t *testing.T) {
	for _, line := range writing {
		folder := t.TempDir()
		arguments, place := inFolder(t, line, folder)
		out, errors, code := edgeofcare(t, arguments...)
		require.Zero(t, code, "%s: %s", line, errors)
		require.Contains(t, out, place)
		for path, text := range contents(t, folder) {
			require.NotContains(t, path, ".unfinished-")
			require.NotEmpty(t, text, path)
		}
	}
}

// failing is a file on a disk that is full once so many bytes are written, or fails
// when the disk is to have them or when it is closed.
type failing struct {
	sink
	left        int
	sync, close bool
}

var errFull = &fs.PathError{Op: "write", Path: "somewhere", Err: syscall.ENOSPC}

func (f *failing) Write(text []byte) (int, error) {
	if len(text) <= f.left {
		f.left -= len(text)
		return f.sink.Write(text)
	}
	n, _ := f.sink.Write(text[:f.left])
	f.left = 0
	return n, errFull
}

func (f *failing) Sync() error {
	if f.sync {
		return errFull
	}
	return f.sink.Sync()
}

func (f *failing) Close() error {
	if err := f.sink.Close(); err != nil || !f.close {
		return err
	}
	return errFull
}

// A full disk is said, sets the exit code and loses nothing that was there, whenever
// it shows: at the first byte, at a later one, or only at the end.
func TestFullDiskLosesNothing(t *testing.T) {
	fullWhen := []struct {
		name string
		disk failing
	}{{"at once", failing{}}, {"later", failing{left: 20}}, {"on sync", failing{left: 1 << 30, sync: true}}, {"on close", failing{left: 1 << 30, close: true}}}
	for i, line := range writing {
		for j, full := range fullWhen {
			if i%len(fullWhen) != j && os.Getenv("EDGEOFCARE_LONG") == "" {
				continue // each in turn
			}
			folder := t.TempDir()
			arguments, place := inFolder(t, line, folder)
			switch {
			case strings.Contains(line, "--all"):
				require.NoError(t, os.Mkdir(place, 0o755))
				require.NoError(t, os.WriteFile(filepath.Join(place, "payments.csv"), []byte("precious"), 0o600))
			case arguments[0] != "init":
				require.NoError(t, os.WriteFile(place, []byte("precious"), 0o600))
			}
			before := contents(t, folder)
			var out, errors bytes.Buffer
			through := func(to sink) sink {
				f := full.disk
				f.sink = to
				return &f
			}
			code := run(arguments, streams{ctx: context.Background(), out: &out, err: &errors, files: &files{through: through}})
			require.Equal(t, exitFailed, code, "%s, full %s: %s", line, full.name, out.String())
			require.Equal(t, before, contents(t, folder), "%s, full %s", line, full.name)
			said := errors.String() + out.String()
			require.Contains(t, said, place)
			require.Contains(t, said, " was not written: no space left on device")
			require.NotContains(t, said, " written\n")
		}
	}
}

// The same on a real file system, where one can be made.
func TestFullFileSystem(t *testing.T) {
	folder := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("no small file system can be mounted here: %v %s", err, out)
	}
	t.Cleanup(func() { require.NoError(t, exec.Command("umount", folder).Run()) })
	place := filepath.Join(folder, "tables.csv")
	require.NoError(t, os.WriteFile(place, []byte("precious"), 0o600))
	for _, line := range []string{
		"run testdata/plain.yaml -n 50 -o " + place, "run testdata/plain.yaml -n 500 --shard 1/1 -o " + place, "plot testdata/plain.yaml --all -n 5 -o " + folder,
	} {
		if strings.Contains(line, "--all") {
			require.NoError(t, os.WriteFile(filepath.Join(folder, "waterfall.svg"), []byte("precious"), 0o600))
		}
		out, errors, code := edgeofcare(t, strings.Fields(line)...)
		require.Equal(t, exitFailed, code, out)
		require.Contains(t, errors+out, "no space left on device", line)
		for path, text := range contents(t, folder) {
			require.NotContains(t, path, ".unfinished-")
			if !strings.HasSuffix(path, ".svg") {
				require.Equal(t, "precious", text)
			} else if text != "precious" {
				require.True(t, strings.HasSuffix(text, "</svg>\n"), path)
			}
		}
	}
}

// brokenOutput is a standard output that takes so many bytes.
type brokenOutput struct {
	left int
	err  error
}

func (b *brokenOutput) Write(text []byte) (int, error) {
	if len(text) <= b.left {
		b.left -= len(text)
		return len(text), nil
	}
	n := b.left
	b.left = 0
	return n, b.err
}

// What cannot be printed sets the exit code of every command; a reader that has gone
// knows why, as of edgeofcare list | head -1.
func TestEveryCommandThatCannotPrint(t *testing.T) {
	lines := append([]string{"--help", "", "compare --help", "validate PLAIN", "plot", "plot PLAIN", "plot PLAIN payments -n 5 -o -", "indigo testdata/export Ashby"}, printing...)
	for i, line := range append(lines, writing...) {
		fresh := func() []string {
			if !strings.Contains(line, "FILE") {
				return (goldenFile{line: line}).asLine()
			}
			arguments, _ := inFolder(t, line, t.TempDir())
			return arguments
		}
		var errors bytes.Buffer
		code := run(fresh(), streams{ctx: context.Background(), out: &brokenOutput{0, syscall.ENOSPC}, err: &errors})
		require.Equal(t, exitFailed, code, line)
		require.Equal(t, "edgeofcare: not everything could be printed: no space left on device\n", errors.String(), line)
		if i%4 != 0 && os.Getenv("EDGEOFCARE_LONG") == "" {
			continue
		}
		errors.Reset()
		code = run(fresh(), streams{ctx: context.Background(), out: &brokenOutput{3, syscall.EPIPE}, err: &errors})
		require.Equal(t, exitNoReader, code, line)
		require.Empty(t, errors.String(), line)
		require.NotZero(t, run(fresh(), streams{ctx: context.Background(), out: shortOutput{}, err: io.Discard}), line)
	}
}

// shortOutput takes less than it is given and says nothing of it.
type shortOutput struct{}

func (shortOutput) Write(text []byte) (int, error) { return len(text) / 2, nil }

// Devices and pipes are written to as such, and what a link leads to is replaced,
// not the link.
func TestDevicesPipesAndLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("has other devices")
	}
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	kind := func(place string) fs.FileMode {
		info, err := os.Lstat(place)
		require.NoError(t, err)
		return info.Mode().Type()
	}
	tables := func(place string) []string { return []string{"list", "-f", "csv", "-o", place} }

	// A device, under its own name and through a link.
	device := kind(os.DevNull)
	require.NoError(t, os.Symlink(os.DevNull, at("null.csv")))
	for _, line := range [][]string{
		tables(os.DevNull), tables(at("null.csv")),
		{"run", "testdata/plain.yaml", "-n", "4", "--shard", "1/2", "-o", os.DevNull},
		{"plot", "testdata/plain.yaml", "payments", "-n", "4", "-f", "png", "-o", os.DevNull},
	} {
		_, errors, code := edgeofcare(t, line...)
		require.Zero(t, code, errors)
	}
	require.Equal(t, device, kind(os.DevNull))
	require.Equal(t, fs.ModeSymlink, kind(at("null.csv")))
	if _, err := os.Stat("/dev/full"); err == nil {
		_, errors, code := edgeofcare(t, tables("/dev/full")...)
		require.Equal(t, exitFailed, code)
		require.Equal(t, "edgeofcare: /dev/full was not written: no space left on device\n", errors)
	}

	// A pipe.
	require.NoError(t, exec.Command("mkfifo", at("pipe.csv")).Run())
	read := make(chan string)
	go func() {
		text, _ := os.ReadFile(at("pipe.csv"))
		read <- string(text)
	}()
	_, errors, code := edgeofcare(t, tables(at("pipe.csv"))...)
	require.Zero(t, code, errors)
	printed, _, _ := edgeofcare(t, "list", "-f", "csv")
	require.Equal(t, byteOrderMark+printed, <-read)
	require.Equal(t, fs.ModeNamedPipe, kind(at("pipe.csv")))

	// Links to a file, to nothing and in a ring.
	require.NoError(t, os.Mkdir(at("other"), 0o755))
	require.NoError(t, os.WriteFile(at("other/file.csv"), []byte("old"), 0o640))
	require.NoError(t, os.Symlink("other/file.csv", at("link.csv")))
	_, errors, code = edgeofcare(t, tables(at("link.csv"))...)
	require.Zero(t, code, errors)
	require.Equal(t, fs.ModeSymlink, kind(at("link.csv")))
	text, err := os.ReadFile(at("other/file.csv"))
	require.NoError(t, err)
	require.Equal(t, byteOrderMark+printed, string(text))
	info, err := os.Stat(at("other/file.csv"))
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o640), info.Mode().Perm())
	require.NoError(t, os.Symlink("nowhere", at("lost.csv")))
	require.NoError(t, os.Symlink("ring.csv", at("ring.csv")))
	for _, name := range []string{"lost.csv", "ring.csv"} {
		_, errors, code = edgeofcare(t, tables(at(name))...)
		require.Equal(t, exitFailed, code)
		require.Contains(t, errors, name+" is a link that leads nowhere")
	}
	_, errors, code = edgeofcare(t, "init", at("lost.csv"))
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "is there already")
}

// A name that someone put there for a file that is not yet whole leads nowhere.
func TestPlantedNamesAreNotFollowed(t *testing.T) {
	folder := t.TempDir()
	place, victim := filepath.Join(folder, "part"), filepath.Join(folder, "victim")
	require.NoError(t, os.WriteFile(victim, []byte("precious"), 0o600))
	for _, name := range []string{"part.unfinished", ".part.unfinished-00000000", ".part.unfinished-x"} {
		require.NoError(t, os.Symlink(victim, filepath.Join(folder, name)))
	}
	_, errors, code := edgeofcare(t, "run", "testdata/plain.yaml", "-n", "4", "--shard", "1/2", "-o", place)
	require.Zero(t, code, errors)
	text, err := os.ReadFile(victim)
	require.NoError(t, err)
	require.Equal(t, "precious", string(text))
}

// Of two processes that write one file at a time the second is refused before it
// works anything out; what a process left behind that is dead stops nobody.
func TestTwoProcessesWithOneOutput(t *testing.T) {
	place := filepath.Join(t.TempDir(), "tables.csv")
	left := filepath.Join(filepath.Dir(place), ".tables.csv.unfinished-0123abcd")
	require.NoError(t, os.WriteFile(left, []byte("half a t"), 0o600))
	var one, other files
	first, err := one.create(place)
	require.NoError(t, err)
	_, err = other.create(filepath.Join(filepath.Dir(place), "tables.csv.csv"))
	require.NoError(t, err) // another file
	if _, err := other.create(place); err == nil {
		t.Skip("this file system has no locks")
	} else {
		require.ErrorContains(t, err, "tables.csv is being written by another process: wait until it has ended, or name another file")
	}
	_, err = first.Write([]byte("first"))
	require.NoError(t, err)
	require.NoError(t, first.finish())
	second, err := other.create(place)
	require.NoError(t, err)
	_, err = second.Write([]byte("second"))
	require.NoError(t, err)
	require.NoError(t, second.finish())
	other.end()
	require.Equal(t, map[string]string{place: "second", left: "half a t"}, contents(t, filepath.Dir(place)))
}

// Where nothing tells of the other process, the one that ends last sees that the file
// is not what it was, and does not say that it has written it.
func TestFileThatWasChangedMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		before, meanwhile func(place string) error
		want              string
	}{
		"made":        {nil, func(p string) error { return os.WriteFile(p, []byte("theirs"), 0o600) }, "theirs"},
		"linked":      {nil, func(p string) error { return os.Symlink("nowhere", p) }, ""},
		"overwritten": {func(p string) error { return os.WriteFile(p, []byte("old"), 0o600) }, func(p string) error { return os.WriteFile(p, []byte("theirs"), 0o600) }, "theirs"},
		"replaced": {func(p string) error { return os.WriteFile(p, []byte("old"), 0o600) }, func(p string) error {
			return errors.Join(os.WriteFile(p+"2", []byte("new"), 0o600), os.Rename(p+"2", p))
		}, "new"},
		"removed": {func(p string) error { return os.WriteFile(p, []byte("old"), 0o600) }, os.Remove, ""},
	} {
		t.Run(name, func(t *testing.T) {
			place := filepath.Join(t.TempDir(), "tables.csv")
			if c.before != nil {
				require.NoError(t, c.before(place))
			}
			var all files
			file, err := all.create(place)
			require.NoError(t, err)
			_, err = file.Write([]byte("ours"))
			require.NoError(t, err)
			require.NoError(t, c.meanwhile(place))
			require.ErrorContains(t, file.finish(), "tables.csv was not written: something else wrote it meanwhile")
			text, _ := os.ReadFile(place)
			require.Equal(t, c.want, string(text))
			entries, err := os.ReadDir(filepath.Dir(place))
			require.NoError(t, err)
			require.LessOrEqual(t, len(entries), 1)
		})
	}
}

// However many write one file at once, each that says so has written it whole, and
// one of them last.
func TestManyWritersOfOneFile(t *testing.T) {
	place := filepath.Join(t.TempDir(), "tables.csv")
	var working sync.WaitGroup
	for i := range 8 {
		working.Go(func() {
			for range 20 {
				var all files
				file, err := all.create(place)
				if err == nil {
					_, err = file.Write(bytes.Repeat([]byte{byte('a' + i)}, 1000))
				}
				if err == nil {
					_ = file.finish()
				}
				all.end()
			}
		})
	}
	working.Wait()
	all := contents(t, filepath.Dir(place))
	require.Len(t, all, 1)
	require.Equal(t, strings.Repeat(all[place][:1], 1000), all[place])
}

// The rights of a file stay, and one that may not be written to is left alone.
func TestRightsOfAFile(t *testing.T) {
	place := filepath.Join(t.TempDir(), "tables.csv")
	require.NoError(t, os.WriteFile(place, []byte("old"), 0o600))
	_, errors, code := edgeofcare(t, "list", "-o", place)
	require.Zero(t, code, errors)
	info, err := os.Stat(place)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	if os.Getuid() == 0 {
		t.Skip("this user may write to every file")
	}
	require.NoError(t, os.Chmod(place, 0o400))
	_, errors, code = edgeofcare(t, "list", "-o", place)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "tables.csv was not written: permission denied")
}

// A name may be as long as the file system allows.
func TestLongNames(t *testing.T) {
	place := filepath.Join(t.TempDir(), strings.Repeat("é", 125)+".csv") // 254 bytes
	_, errors, code := edgeofcare(t, "list", "-o", place)
	require.Zero(t, code, errors)
	_, errors, code = edgeofcare(t, "list", "-o", place+"x.csv")
	require.Equal(t, exitFailed, code)
	require.NotEmpty(t, errors)
	require.Len(t, contents(t, filepath.Dir(place)), 1)
}

// More parts than a process may have open are merged, from files and from a pipe.
func TestMergeOpensOnePartAtATime(t *testing.T) {
	folder := t.TempDir()
	line := []string{"merge", "testdata/plain.yaml"}
	for _, shard := range []string{"1", "2", "3", "4", "5", "6"} {
		place := filepath.Join(folder, "part"+shard)
		_, errors, code := edgeofcare(t, "run", "testdata/plain.yaml", "-n", "12", "--shard", shard+"/6", "-o", place)
		require.Zero(t, code, errors)
		line = append(line, place)
	}
	want, errors, code := edgeofcare(t, line...)
	require.Zero(t, code, errors)
	before := openFiles()
	var reading turns
	var most int
	for _, r := range reading.files(line[2:]) {
		_, err := io.ReadFull(r, make([]byte, 10))
		require.NoError(t, err)
		most = max(most, openFiles()-before)
	}
	reading.end()
	require.LessOrEqual(t, most, 1)

	if runtime.GOOS == "windows" {
		return
	}
	pipe := filepath.Join(folder, "pipe")
	require.NoError(t, exec.Command("mkfifo", pipe).Run())
	go func() {
		text, _ := os.ReadFile(line[4])
		_ = os.WriteFile(pipe, text, 0)
	}()
	piped := slices.Clone(line)
	piped[4] = pipe
	got, errors, code := edgeofcare(t, piped...)
	require.Zero(t, code, errors)
	require.Equal(t, want, got)
}

// openFiles is how many files this process has open; 0 where that cannot be seen.
func openFiles() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}

// A part that is another file by the time its values are read is refused.
func TestPartThatIsReplacedWhileItIsRead(t *testing.T) {
	place := partOf(t)
	other := filepath.Join(t.TempDir(), "other")
	require.NoError(t, os.WriteFile(other, []byte("other"), 0o600))
	var reading turns
	defer reading.end()
	both := reading.files([]string{place, other})
	_, err := io.ReadFull(both[0], make([]byte, 10))
	require.NoError(t, err)
	_, err = both[1].Read(make([]byte, 2))
	require.NoError(t, err)
	text, err := os.ReadFile(place)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(place+"2", text, 0o600))
	require.NoError(t, os.Rename(place+"2", place))
	_, err = both[0].Read(make([]byte, 2))
	require.ErrorContains(t, err, "another file has taken its place")
	rest, err := io.ReadAll(both[1])
	require.NoError(t, err)
	require.Equal(t, "her", string(rest))
}

// More workers than cores are no faster: so many are not used, and that is said.
func TestWorkersBeyondTheCores(t *testing.T) {
	want, errors, code := edgeofcare(t, "run", "testdata/plain.yaml", "-n", "4", "--workers", "1")
	require.Zero(t, code)
	require.Empty(t, errors)
	got, errors, code := edgeofcare(t, "run", "testdata/plain.yaml", "-n", "4", "--workers", "1000000000")
	require.Zero(t, code)
	require.Regexp(t, `^--workers 1000000000: \d+ are used, because more than there are cores are no faster\n$`, errors)
	require.Equal(t, want, got)
}

// Replications that do not fit are refused at once, with what fits.
func TestTooManyReplications(t *testing.T) {
	for _, line := range []string{
		"compare INVESTED -f csv", "invest INVESTED", "stress INVESTED", "stress INVESTED --reverse", "size INVESTED", "plot INVESTED net-saving -o -", "plot INVESTED shortfall-curve -o -",
	} {
		out, errors, code := edgeofcare(t, (goldenFile{line: line + " -n 9999999"}).asLine()...)
		require.Equal(t, exitFailed, code, line)
		require.Empty(t, out)
		require.Regexp(t, `need [\d,]+ bytes of memory and may take 2,147,483,648: run at most [\d,]+ replications\n$`, errors, line)
		require.NotContains(t, errors, "Options")
	}
	_, errors, code := edgeofcare(t, "run", "testdata/plain.yaml", "-n", "10000001")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "from 1 to 10,000,000")
}
