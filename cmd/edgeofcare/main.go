// Command edgeofcare models a children's social care outcomes contract: what is
// paid, what care is avoided, what capital that takes and brings back, and how
// sure all of it is.
//
// It is a thin layer over the library: every command opens a programme, calls
// one function and prints what it returns.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// Exit codes that scripts can rely on.
const (
	exitOK        = 0
	exitFailed    = 1 // the command could not be carried out
	exitUsage     = 2 // the command line was not understood
	exitProgramme = 3 // a programme file has faults
	exitStopped   = 130
)

const description = `Model a children's social care outcomes contract week by week: what is paid, what
care is avoided, with and without the programme, in each case, and how sure that is.
Where the file says what delivery costs: how much capital that takes and what comes back.

A programme is a name from the library (see: edgeofcare list) or a file in YAML
(see: edgeofcare init).

Exit codes: 0 done, 1 could not be done, 2 command line not understood, 3 the
programme file has faults, 130 stopped.

Examples:
  edgeofcare compare dn2
  edgeofcare run dn2 --case medium --with "flat tariffs"
  edgeofcare run dn2 --set "unit costs.residential=5000" --format json
  edgeofcare invest dn2
  edgeofcare stress dn2 --case low
  edgeofcare size dn2 --confidence 95%
  edgeofcare explain "net saving" dn2
  edgeofcare validate mine.yaml`

// commands is the whole command line.
type commands struct {
	Compare   compareCommand   `cmd:"" help:"Compare cases of a programme side by side."`
	Run       runCommand       `cmd:"" help:"Run one case: totals, quarters against actual payments, budgets by year."`
	Merge     mergeCommand     `cmd:"" help:"Merge the parts that edgeofcare run --shard wrote, on one machine or several."`
	Invest    investCommand    `cmd:"" help:"Capital, cash and returns of cases side by side, for investors."`
	Stress    stressCommand    `cmd:"" help:"Put stresses on a case, worst first; with --reverse, how bad things must be."`
	Size      sizeCommand      `cmd:"" help:"How large the facility must be for a confidence, with receipts recycled and without."`
	Backtest  backtestCommand  `cmd:"" help:"Fit one multiplier to payments up to a quarter and see how it does later."`
	Bids      bidsCommand      `cmd:"" help:"Compare two or more offers for one programme: affordability, value, risk."`
	Benchmark benchmarkCommand `cmd:"" help:"Set the programmes of the field side by side, published and modelled apart."`
	Explain   explainCommand   `cmd:"" help:"Explain a measure: what it is, the rule behind it and, for a programme, the sum."`
	Plot      plotCommand      `cmd:"" help:"Draw charts of a programme: payments, where children live, savings, capital."`
	Show      showCommand      `cmd:"" help:"Show a programme and where every input comes from."`
	Validate  validateCommand  `cmd:"" help:"Check a programme file and list every fault with its place."`
	Indigo    indigoCommand    `cmd:"" help:"Read an export of the INDIGO impact bond dataset; start a programme file from it."`
	List      listCommand      `cmd:"" help:"List the programmes of the library with their cases and variants."`
	Init      initCommand      `cmd:"" help:"Write a commented programme file to start from."`
}

// streams are where a command reads and writes.
type streams struct {
	ctx context.Context
	out io.Writer
	err io.Writer
	// terminal reports whether err is a terminal, on which progress may be shown.
	terminal bool
	width    int // of the terminal that out is, in characters; 0 if it is none
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(os.Args[1:], streams{ctx: ctx, out: os.Stdout, err: os.Stderr, terminal: isTerminal(os.Stderr), width: widthOf(os.Stdout)})
	stop()
	os.Exit(code)
}

// run carries out a command line and returns the exit code.
func run(arguments []string, s streams) int {
	var c commands
	helped := false
	parser, err := kong.New(&c,
		kong.Name("edgeofcare"), kong.Description(description), kong.UsageOnError(),
		kong.Writers(s.out, s.err), kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		fmt.Fprintln(s.err, "edgeofcare:", err)
		return exitFailed
	}
	if len(arguments) == 0 {
		arguments = []string{"--help"}
	}
	parsed, err := parser.Parse(arguments)
	if helped {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(s.err, "edgeofcare: %v (for help: edgeofcare --help)\n", err)
		return exitUsage
	}
	return s.exit(parsed.Run(&s))
}

// exit prints an error and returns its exit code.
func (s *streams) exit(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.err, "edgeofcare: stopped")
		return exitStopped
	}
	fmt.Fprintln(s.err, describe(err))
	if isProgrammeFault(err) {
		return exitProgramme
	}
	return exitFailed
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// widthOf is the width of a terminal in characters; 0 for anything else.
func widthOf(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
