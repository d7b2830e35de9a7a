//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	ossignal "os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/garbage"
)

// asCommand in the environment makes the test binary the command.
const asCommand = "EDGEOFCARE_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
	}
	code := garbage.Seldom(m.Run)
	if err := os.RemoveAll(returnsFolder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// process is the command in a process of its own.
type process struct {
	*exec.Cmd
	out, err bytes.Buffer
}

// started starts the command; before it, a shell may do something.
func started(t *testing.T, shell string, arguments ...string) *process {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	p := &process{Cmd: exec.Command(self, arguments...)}
	if shell != "" {
		p.Cmd = exec.Command("sh", append([]string{"-c", shell + `; exec "$@"`, "sh", self}, arguments...)...)
	}
	p.Env = append(os.Environ(), asCommand+"=1")
	p.Stdout, p.Stderr = &p.out, &p.err
	require.NoError(t, p.Start())
	t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// ended waits for the end, which must come in time, and returns the exit code.
func (p *process) ended(t *testing.T, within time.Duration) int {
	t.Helper()
	done := make(chan bool)
	go func() {
		_ = p.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(within):
		require.Fail(t, "the command goes on", "%v: %s", p.Args, p.err.String())
	}
	return p.ProcessState.ExitCode()
}

// slack is for a machine that has other things to do.
const slack = 5 * time.Second

var codes = map[syscall.Signal]int{syscall.SIGHUP: 129, syscall.SIGINT: 130, syscall.SIGTERM: 143}

// long are commands that take long, or for ever, each in a folder of its own.
// PIPE is a pipe into which nobody writes, PART a file in the folder.
var long = []struct{ line, undone string }{
	{"run dn2 -n 400000 --shard 1/4 -o FOLDER/part", "part was not written"},
	{"compare dn2 -n 100000", "nothing was printed"},
	{"compare dn2 -n 60000 -o FOLDER/tables.csv", "tables.csv was not written"},
	{"stress dn2 -n 200000 -o FOLDER/stress.md", "stress.md was not written"},
	{"stress dn2 -n 20000 --reverse", "nothing was printed"},
	{"size dn2 -n 200000", "nothing was printed"},
	{"backtest dn2 -n 100000 -o FOLDER/b.json", "b.json was not written"},
	{"bids dn2 dn2 -n 1000000", "nothing was printed"},
	{"invest dn2 -n 100000 -o FOLDER/i.csv", "i.csv was not written"},
	{"plot dn2 --all -n 100000 -o FOLDER/charts", "more were not written"},
	{"plot dn2 net-saving -n 100000 -o FOLDER/c.svg", "c.svg was not written"},
	{"run dn2 -n 64 --set cohorts.*.referrals.children=300000 -o FOLDER/r.txt", "r.txt was not written"}, // a minute for one replication
	{"validate PIPE", "nothing was printed"},
	{"merge dn2 PIPE -o FOLDER/m.txt", "m.txt was not written"},
	{"list -f csv -o PIPE", "nothing was printed"},
}

// longLine is a command line and the folder that it may leave nothing in.
func longLine(t *testing.T, line string) (arguments []string, folder string) {
	t.Helper()
	folder = t.TempDir()
	pipe := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, exec.Command("mkfifo", pipe).Run())
	return strings.Fields(strings.NewReplacer("FOLDER", folder, "PIPE", pipe).Replace(line)), folder
}

// Every command ends when it is told to, says what it did not do and leaves nothing.
func TestSignals(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds for each command")
	}
	for i, c := range long {
		if i%3 != 0 && os.Getenv("EDGEOFCARE_LONG") == "" {
			continue
		}
		t.Run(c.line, func(t *testing.T) {
			t.Parallel()
			signal := []syscall.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}[i/3%3]
			if ossignal.Ignored(signal) {
				t.Skip("this process ignores the signal, as under nohup, and so do those that it starts")
			}
			arguments, folder := longLine(t, c.line)
			p := started(t, "", arguments...)
			time.Sleep(time.Second)
			if c.undone != "nothing was printed" {
				require.Eventually(t, func() bool {
					entries, err := os.ReadDir(folder)
					return err == nil && len(entries) > 0
				}, 10*slack, 10*time.Millisecond, "it has made no file")
				time.Sleep(100 * time.Millisecond) // for --all, which makes a folder first
			}
			require.NoError(t, p.Process.Signal(signal))
			require.Equal(t, codes[signal], p.ended(t, grace+slack), p.err.String())
			require.Regexp(t, regexp.MustCompile(`^edgeofcare: .*stopped.*: `+stopped{signal}.Error()+`; .*`+regexp.QuoteMeta(c.undone)+"\n$"), p.err.String())
			entries, err := os.ReadDir(folder)
			require.NoError(t, err)
			require.Empty(t, entries)
		})
	}
}

// A second signal ends a command that is still waiting for a pipe at once.
func TestSecondSignal(t *testing.T) {
	arguments, _ := longLine(t, "validate PIPE")
	p := started(t, "", arguments...)
	time.Sleep(500 * time.Millisecond)
	begin := time.Now()
	require.NoError(t, p.Process.Signal(syscall.SIGINT))
	time.Sleep(50 * time.Millisecond)
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	require.Equal(t, 130, p.ended(t, slack))
	if took := time.Since(begin); took > grace {
		t.Logf("it took %v on this machine", took)
	}
	require.Contains(t, p.err.String(), "stopped: SIGINT; nothing was printed")
}

// Under nohup the end of the terminal is not the end of the command; an interrupt is.
func TestHangUpThatIsIgnored(t *testing.T) {
	arguments, _ := longLine(t, "validate PIPE")
	p := started(t, "trap '' HUP", arguments...)
	time.Sleep(500 * time.Millisecond)
	require.NoError(t, p.Process.Signal(syscall.SIGHUP))
	time.Sleep(grace + 500*time.Millisecond)
	require.NoError(t, p.Process.Signal(syscall.Signal(0)), "it has ended")
	require.NoError(t, p.Process.Signal(syscall.SIGINT))
	require.Equal(t, 130, p.ended(t, grace+slack))
}

// Standard output that cannot be written to, of a process.
func TestFullStandardOutput(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	for _, line := range []string{"validate dn2", "--help", "list"} {
		self, err := os.Executable()
		require.NoError(t, err)
		c := exec.Command(self, strings.Fields(line)...)
		var said bytes.Buffer
		c.Env, c.Stdout, c.Stderr = append(os.Environ(), asCommand+"=1"), full, &said
		_ = c.Run()
		require.Equal(t, exitFailed, c.ProcessState.ExitCode(), line)
		require.Contains(t, said.String(), "no space left on device")
	}
}

// A file that standard output goes to is not replaced under it.
func TestOutputIsTheFileThatIsPrintedTo(t *testing.T) {
	place := filepath.Join(t.TempDir(), "tables.csv")
	for name, output := range map[string]string{"by name": place, "as a device": "/dev/stdout"} {
		file, err := os.Create(place)
		require.NoError(t, err)
		self, err := os.Executable()
		require.NoError(t, err)
		c := exec.Command(self, "list", "-f", "csv", "-o", output)
		var said bytes.Buffer
		c.Env, c.Stdout, c.Stderr = append(os.Environ(), asCommand+"=1"), file, &said
		_ = c.Run()
		require.NoError(t, file.Close())
		require.Equal(t, exitFailed, c.ProcessState.ExitCode(), name)
		require.Contains(t, said.String(), "is the file that this command prints to")
	}
}

var unfinishedName = regexp.MustCompile(`^\.[^/]+\.unfinished-[0-9a-f]{8}$`)

// At many seeded moments of each long command, three hundred in all, a quarter with each
// signal: no half file and no name left over; after KILL only names that can be known.
func TestSignalsAtManyMoments(t *testing.T) {
	if os.Getenv("EDGEOFCARE_LONG") == "" {
		t.Skip("set EDGEOFCARE_LONG=1: it takes many minutes")
	}
	for n, c := range long {
		moments := rand.New(rand.NewPCG(1, uint64(n)))
		t.Run(c.line, func(t *testing.T) {
			t.Parallel() // most of the time is spent waiting for the moment
			times := 24
			if strings.Contains(c.line, "PIPE") {
				times = 12 // it waits at every one
			}
			for i := range times {
				signal := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGKILL}[i%4]
				signalled(t, c.line, signal, time.Duration(moments.IntN(300))*time.Millisecond)
			}
		})
	}
}

// signalled sends a signal to a command after a time and looks at what is left.
func signalled(t *testing.T, line string, signal syscall.Signal, after time.Duration) {
	t.Helper()
	name := fmt.Sprintf("%v after %v", signal, after)
	arguments, folder := longLine(t, line)
	before := filepath.Join(folder, "part")
	require.NoError(t, os.WriteFile(before, []byte("precious"), 0o600))
	p := started(t, "", arguments...)
	time.Sleep(after)
	require.NoError(t, p.Process.Signal(signal), name)
	code := p.ended(t, grace+6*slack) // that it is prompt is for TestSignals; here two stop at once, and one gives gigabytes back
	if code == -1 {                   // the signal came before the command could listen, or was KILL
		require.Equal(t, signal, p.ProcessState.Sys().(syscall.WaitStatus).Signal(), name)
		require.Empty(t, p.err.String(), name)
	} else {
		require.Equal(t, codes[signal], code, "%s: %s", name, p.err.String())
	}
	for path, text := range contents(t, folder) {
		if signal == syscall.SIGKILL && unfinishedName.MatchString(filepath.Base(path)) {
			continue
		}
		require.Equal(t, before, path, name)
		require.Equal(t, "precious", text, name)
	}
}

// A run that is ended at a moment near its end has either its file or none.
func TestSignalsNearTheEnd(t *testing.T) {
	if os.Getenv("EDGEOFCARE_LONG") == "" {
		t.Skip("set EDGEOFCARE_LONG=1: it takes minutes")
	}
	moments := rand.New(rand.NewPCG(3, 4))
	whole := partOf(t)
	want, err := os.ReadFile(whole)
	require.NoError(t, err)
	for range 100 {
		folder := t.TempDir()
		p := started(t, "", "run", "testdata/plain.yaml", "-n", "5", "--shard", "1/1", "-o", filepath.Join(folder, "part"))
		time.Sleep(time.Duration(moments.IntN(80)) * time.Millisecond)
		_ = p.Process.Signal(syscall.SIGTERM)
		code := p.ended(t, grace+slack)
		all := contents(t, folder)
		if code == 0 {
			require.Len(t, all, 1)
		}
		for path, text := range all {
			require.Equal(t, filepath.Join(folder, "part"), path)
			require.Equal(t, string(want), text)
		}
	}
}
