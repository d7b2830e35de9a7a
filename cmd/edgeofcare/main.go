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
	"sync"
	"time"

	"github.com/alecthomas/kong"

	"github.com/edgeofcare/edgeofcare/internal/garbage"
	"github.com/edgeofcare/edgeofcare/internal/words"
)

const description = `Model a children's social care outcomes contract week by week: what is paid, what
care is avoided, with and without the programme, in each case, and how sure that is.
Where the file says what delivery costs: how much capital that takes and what comes back.

A programme is a name from the library (see: edgeofcare list) or a file in YAML
(see: edgeofcare init).

Exit codes: 0 done, 1 could not be done, 2 command line not understood, 3 the
programme file has faults; 129, 130 or 143 stopped by SIGHUP, SIGINT or SIGTERM.

A file has its name only when all of it is there. Until then it is called
.NAME.unfinished- and eight signs; a command that is killed may leave one behind,
which can be deleted.

Examples:
  edgeofcare compare dn2
  edgeofcare run dn2 --case medium --with "flat tariffs"
  edgeofcare run dn2 --set "unit costs.residential=5000" --format json
  edgeofcare invest dn2
  edgeofcare stress dn2 --case low
  edgeofcare solve dn2 tariffs "net public saving, P10 at least £0"
  edgeofcare size dn2 --confidence 95%
  edgeofcare explain "net saving" dn2
  edgeofcare validate mine.yaml`

// commands is the whole command line.
type commands struct {
	Compare compareCommand `cmd:"" set:"replications=10,000" help:"Compare cases of a programme side by side."`
	Run     runCommand     `cmd:"" set:"replications=10,000" help:"Run one case: totals, quarters against actual payments, budgets by year."`
	Merge   mergeCommand   `cmd:"" help:"Merge the parts that edgeofcare run --shard wrote, on one machine or several."`
	Invest  investCommand  `cmd:"" set:"replications=10,000" help:"Compare capital, cash and returns of cases, for investors."`
	Stress  stressCommand  `cmd:"" set:"replications=2,000" help:"Stress a case: what may go wrong, worst first; with --reverse, how bad it must get."`
	Solve   solveCommand   `cmd:"" set:"replications=2,000" help:"Solve for one number: at which tariff, price or delay is a goal reached?"`
	Size    sizeCommand    `cmd:"" set:"replications=2,000" help:"Find the facility that is needed, with receipts recycled and without."`

	Sensitivity sensitivityCommand `cmd:"" set:"replications=2,000" help:"Say which input a figure depends on most: shares of variance, ranges, two inputs."`
	Bridge      bridgeCommand      `cmd:"" help:"Say what each change between two versions contributes to an amount, to the penny."`

	Reforecast reforecastCommand `cmd:"" help:"Forecast from today: what was paid stands, rates and children are held to it."`
	Value      valueCommand      `cmd:"" help:"Say which option is best, how sure that is, and what more knowledge is worth."`
	Condition  conditionCommand  `cmd:"" help:"Hold uncertain inputs to what was paid: what payments say of each, and draws of equal weight."`
	Backtest   backtestCommand   `cmd:"" set:"replications=2,000" help:"Fit the model to payments up to some quarters and hold it against later ones."`
	Portfolio  portfolioCommand  `cmd:"" set:"replications=10,000" help:"Put programmes into one fund: capital apart and together, returns, who carries whom."`
	Bids       bidsCommand       `cmd:"" set:"replications=10,000" help:"Compare two or more offers for one programme: affordability, value, risk."`
	Benchmark  benchmarkCommand  `cmd:"" help:"Compare programmes: what is published of each, and what is modelled."`
	Explain    explainCommand    `cmd:"" help:"Explain a measure: what it is, the rule behind it and, for a programme, the sum."`
	Plot       plotCommand       `cmd:"" set:"replications=10,000, or 2,000 for curves and stresses" help:"Draw charts: payments, where children live, savings, capital."`
	Report     reportCommand     `cmd:"" set:"replications=10,000" help:"Write the cases as a page, a council's paper for committee, or a workbook."`
	Show       showCommand       `cmd:"" help:"Show a programme and where every input comes from."`
	Validate   validateCommand   `cmd:"" help:"Check a programme file and list every fault with its place."`
	Indigo     indigoCommand     `cmd:"" help:"Read an export of the INDIGO impact bond dataset; start a programme file from it."`
	Calibrate  calibrateCommand  `cmd:"" help:"Estimate weekly moves from records of children, with intervals; write rows of a programme file."`
	Forecast   forecastCommand   `cmd:"" set:"replications=2,000" help:"Forecast all looked-after children of a council from its returns: by state and age, cost, levers."`
	Synthesise synthesiseCommand `cmd:"" help:"Make up returns on looked-after children of which the truth is known, to try calibrate with."`
	List       listCommand       `cmd:"" help:"List the programmes of the library with their cases and variants."`
	Init       initCommand       `cmd:"" help:"Write a commented programme file to start from."`
}

// streams are where a command reads and writes.
type streams struct {
	ctx context.Context
	out io.Writer
	err io.Writer
	// terminal reports whether err is a terminal, on which progress may be shown.
	terminal  bool
	width     int       // of the terminal that out is, in characters; 0 if it is none
	now       time.Time // for cautions about editions; zero for none
	arguments []string  // of the command line, for what says how it was made

	files   *files   // that are written; see files.go
	printed *printed // what is written to out
	said    *sync.Once
}

func main() {
	s := streams{ctx: context.Background(), out: os.Stdout, err: os.Stderr, terminal: isTerminal(os.Stderr), width: widthOf(os.Stdout), now: time.Now()}
	s.prepare()
	s.onSignals()
	os.Exit(garbage.Seldom(func() int { return run(os.Args[1:], s) }))
}

// prepare makes what streams have beside those that are given.
func (s *streams) prepare() {
	if s.files == nil {
		s.files = &files{}
	}
	s.printed, s.said = &printed{to: s.out}, &sync.Once{}
	s.out = s.printed
}

// run carries out a command line and returns the exit code.
func run(arguments []string, s streams) int {
	if s.printed == nil {
		s.prepare()
	}
	defer s.files.end()
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
	parser.Model.HelpFlag.Help = "Show this page."
	if len(arguments) == 0 {
		arguments = []string{"--help"}
	}
	parsed, err := parser.Parse(arguments)
	if helped || s.printed.err != nil {
		return s.exit(nil)
	}
	if err != nil {
		fmt.Fprintf(s.err, "edgeofcare: %s (for help: edgeofcare %s--help)\n", words.Printable(err.Error()), commandOf(err))
		return exitUsage
	}
	s.arguments = arguments
	if err := s.begin(parsed.Selected().Target.Addr().Interface()); err != nil {
		return s.exit(err)
	}
	return s.exit(parsed.Run(&s))
}

// begin does what several commands need before they work anything out.
func (s *streams) begin(command any) error {
	if c, ok := command.(interface{ clampWorkers(*streams) }); ok {
		c.clampWorkers(s)
	}
	if c, ok := command.(interface{ createOutput(*streams) error }); ok {
		return c.createOutput(s)
	}
	return nil
}

// commandOf is the command in which a command line was not understood, and a
// blank; empty if it is not known.
func commandOf(err error) string {
	at, ok := errors.AsType[*kong.ParseError](err)
	if !ok || at.Context == nil || at.Context.Selected() == nil {
		return ""
	}
	return at.Context.Selected().Name + " "
}
