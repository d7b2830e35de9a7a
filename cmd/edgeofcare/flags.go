package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The vocabulary of the command line: a flag means the same in every command
// that has it, because every command takes it from here.

// programmeFlags are the programme of a command and what is put on top of it.
type programmeFlags struct {
	Programme string `arg:"" help:"A name in the library, or a YAML file."`
	onTop
}

// onTop is what is put on top of every version that a command runs.
type onTop struct {
	With []string `help:"A variant or a stress to apply on top of the case; may be repeated." placeholder:"NAME" sep:"none"`
	Set  []string `help:"An input to change on top of the case, as in --set 'cohorts.*.lag=13'; may be repeated." placeholder:"PATH=VALUE" sep:"none"`
}

// oneCase is the case of a command that works on one version.
type oneCase struct {
	Case string `help:"The case, which variants, stresses and edits may follow, as in 'medium + flat tariffs'. Default: the first in the file." placeholder:"CASE"`
}

// manyCases are the cases of a command that sets versions side by side.
type manyCases struct {
	Cases string `help:"The cases, with commas between them; variants, stresses and edits may follow each, as in 'medium,medium + flat tariffs'. Default: those that the file compares." placeholder:"CASE,..."`
}

// versionsHelp is how versions are written, for the help of commands that take
// them.
const versionsHelp = `How a version is written: a case, then variants, stresses and edits, with a plus sign
between blanks before each. An edit stands in braces and is written as in --set:
path=value to set, path*=factor to multiply, path+=amount to add. Names that hold a
comma, a brace or a plus sign stand in quotation marks.
  medium
  medium + Life Chances Fund ends September 2024
  medium + referrals down 20% + {unit costs.residential=5200} + {contract cap*=0.9}`

// open reads the programme.
func (f *programmeFlags) open() (*scenario.Document, error) { return openDocument(f.Programme) }

// openDocument reads a file where there is one or the name looks like one,
// otherwise a programme of the library.
func openDocument(name string) (*scenario.Document, error) {
	file, err := os.Open(name)
	switch {
	case err == nil:
		defer file.Close()
		return scenario.Read(name, file)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml"):
		return nil, fmt.Errorf("there is no file %s: edgeofcare init %s writes one to start from", name, name)
	}
	return scenario.Open(name)
}

// version returns a version of the programme with --with and --set on top.
func (f *onTop) version(d *scenario.Document, text string) (*scenario.Version, error) {
	for _, name := range f.With {
		text += " + " + name
	}
	var edits []scenario.Edit
	for _, one := range f.Set {
		edit, err := scenario.ParseEdit(one)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	return d.Version(text, edits...)
}

// versions returns the versions of a list, or those that the file compares.
func (f *onTop) versions(d *scenario.Document, list string) ([]*scenario.Version, error) {
	texts := d.Compare()
	if list != "" {
		var err error
		if texts, err = scenario.SplitVersions(list); err != nil {
			return nil, err
		}
	}
	if len(texts) == 0 {
		texts = []string{""} // the file as it stands
	}
	var all []*scenario.Version
	for _, text := range texts {
		v, err := f.version(d, text)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// middle is the case in the middle of those that the file compares: medium, of
// low, medium and high. It is empty if the file has no cases.
func middle(d *scenario.Document) string {
	cases := d.Compare()
	if len(cases) == 0 {
		return ""
	}
	return cases[(len(cases)-1)/2]
}

// simulationFlags are those of every command that runs replications.
type simulationFlags struct {
	Replications replications `short:"n" help:"Replications of each run. Default: 10,000, or 2,000 for stresses, sizes, searches and curves." placeholder:"N"`
	Seed         uint64       `help:"The only source of randomness: the same seed gives the same figures." default:"1"`
	Workers      workers      `help:"Replications at a time. Default: one for each core. It never changes a figure." placeholder:"N"`
	Engine       lives.Engine `help:"How lives are simulated: jump, or the slower references walk and plain." default:"jump"`
}

// options are the run's options; progress is shown on a terminal only. The
// library chooses the number of replications if none was given.
func (f *simulationFlags) options(to *streams) montecarlo.Options {
	o := montecarlo.Options{Seed: f.Seed, Replications: int(f.Replications), Workers: int(f.Workers), Engine: f.Engine}
	if to.terminal {
		o.Progress = progressTo(to)
	}
	return o
}

// replications is a number of replications, at least 1.
type replications int

// UnmarshalText reads a whole number of at least 1.
func (r *replications) UnmarshalText(text []byte) error {
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return fmt.Errorf("%q replications: write a whole number of at least 1", text)
	}
	*r = replications(n)
	return nil
}

// workers is a number of workers, at least 1.
type workers int

// UnmarshalText reads a whole number of at least 1.
func (w *workers) UnmarshalText(text []byte) error {
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return fmt.Errorf("%q workers: write a whole number of at least 1, or leave --workers out for one for each core", text)
	}
	*w = workers(n)
	return nil
}

// progressTo shows the share done on one line, at most ten times a second, and
// takes the line away at the end.
func progressTo(to *streams) func(done, total int) {
	var shown time.Time
	return func(done, total int) {
		if done < total && time.Since(shown) < 100*time.Millisecond {
			return
		}
		shown = time.Now()
		if done == total {
			fmt.Fprint(to.err, "\r\033[K")
			return
		}
		fmt.Fprintf(to.err, "\r%3d%% of %d replications", 100*done/total, total)
	}
}

// proportion is a share of 1 as a person gives it on the command line: 95%, 95
// or 0.95.
type proportion float64

// UnmarshalText reads a proportion above 0 and below 100%.
func (p *proportion) UnmarshalText(text []byte) error {
	given := strings.TrimSpace(string(text))
	number, percent := strings.CutSuffix(given, "%")
	value, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	switch {
	case err != nil:
		return fmt.Errorf("%q is not a percentage: write it as 95%%, 95 or 0.95", given)
	case value == 1 && !percent:
		return fmt.Errorf("1 may be 1%% or 100%%: write it with a %% sign")
	case percent || value > 1:
		value /= 100
	}
	if !(value > 0 && value < 1) {
		return fmt.Errorf("%s is out of range: it must be more than 0%% and less than 100%%, because no number of replications shows what always or never happens", given)
	}
	*p = proportion(value)
	return nil
}

// orElse is the proportion, or another if none was given.
func (p *proportion) orElse(other float64) float64 {
	if p == nil {
		return other
	}
	return float64(*p)
}

// outputFlags are those of every command that prints tables.
type outputFlags struct {
	Format report.Format `short:"f" help:"table, markdown, csv or json." enum:"table,markdown,csv,json" default:"table"`
	Wide   bool          `help:"Show every column of the tables, also those of detail."`
}

// Validate refuses --wide where it would do nothing.
func (f *outputFlags) Validate() error {
	if f.Wide && (f.Format == report.CSV || f.Format == report.JSON) {
		return fmt.Errorf("--wide is for tables: %s always has every column, so leave --wide out", f.Format)
	}
	return nil
}

// forPeople reports whether tables are to be printed that people read, which need
// no series.
func (f *outputFlags) forPeople() bool {
	return f.Format == report.Terminal || f.Format == report.Markdown
}

// write writes the tables of a page. Where there is a result of the library, JSON
// is that result.
func (f *outputFlags) write(to *streams, result any, tables ...report.Table) error {
	if f.Format == report.JSON && result != nil {
		return writeJSON(to, result)
	}
	return report.Write(to.out, f.Format, report.Options{Width: to.width, Wide: f.Wide}, tables...)
}

func writeJSON(to *streams, v any) error {
	out := json.NewEncoder(to.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

// describe says an error as a person reads it: faults of a file one to a line.
func describe(err error) string {
	faults := scenario.Faults(err)
	if len(faults) == 0 {
		return "edgeofcare: " + err.Error()
	}
	var lines []string
	for _, f := range faults {
		lines = append(lines, f.Error())
	}
	if len(faults) > 1 {
		lines = append(lines, fmt.Sprintf("%d faults", len(faults)))
	}
	return strings.Join(lines, "\n")
}

func isProgrammeFault(err error) bool { return len(scenario.Faults(err)) > 0 }

// refuse names flags that were given and would do nothing.
func refuse(what string, given map[string]bool) error {
	var names []string
	for name, is := range given {
		if is {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return fmt.Errorf("%s does not use %s: leave it out", what, strings.Join(names, " or "))
}
