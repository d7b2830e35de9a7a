package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report/xlsx"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// reportCommand writes one file with all that there is to say of a case, of the kind
// that its ending names.
type reportCommand struct {
	programmeFlags
	oneCase
	Cases string `help:"The cases that are set side by side as values, separated by commas; variants, stresses and edits may follow each. Default: the one fitted to payments, if the file has one, and those that it compares." placeholder:"CASE,..."`
	simulationFlags
	conditionedFlag
	Council string   `help:"Write the pages of one council that go to committee, as a page of their own, of the cases in --cases; in cash where the file states inflation." placeholder:"NAME"`
	Output  string   `short:"o" help:"The file to write. It must end in .html, a page, or .xlsx, a workbook." placeholder:"FILE"`
	file    *outFile // of that name
}

// reportWriters are what can be written, by ending of the file.
var reportWriters = map[string]func(c *reportCommand, to *streams, d *scenario.Document, result *montecarlo.Result, cases []*montecarlo.Result) error{
	".html": (*reportCommand).page,
	".xlsx": (*reportCommand).workbook,
}

// Help is shown by edgeofcare report --help.
func (reportCommand) Help() string {
	return versionsHelp + `

A page has what members, commissioners, those who provide the capital and evaluators
ask first, with charts, the register of assumptions, limits of use and how to make the
figures again. It opens in a browser from a folder and asks nothing of any network.

A workbook prices the central projection of one case by formulas, from expected weeks
to net saving, so that a changed tariff, unit cost, cashable share, payer share, cap or
index is priced again. Means and ranges, and the cases side by side, are values. Its
cover says what it may be used for, and which rules of the contract are not formulas.

Examples:
  edgeofcare report dn2 -o dn2.html
  edgeofcare report dn2 --council Derby --cases base,medium -o derby.html
  edgeofcare report dn2 -o dn2.xlsx
  edgeofcare report dn2 --case medium --prices "cash at 2%" -o medium.xlsx
  edgeofcare report dn2 --set "unit costs.residential=5200" -o dearer.xlsx`
}

// Validate refuses a file that cannot be written.
func (c *reportCommand) Validate() error {
	if c.Output == "" {
		return fmt.Errorf("-o is missing: name the file to write, as in -o report.xlsx")
	}
	if reportWriters[c.ending()] == nil {
		return fmt.Errorf("-o %s: a report is written as .html, a page, or .xlsx, a workbook: let the name end in one of them; tables in .csv, .json, .md or .txt are written by edgeofcare run and compare", c.Output)
	}
	return writable(c.Output)
}

func (c *reportCommand) ending() string { return strings.ToLower(filepath.Ext(c.Output)) }

// createOutput makes the file before anything is worked out for it.
func (c *reportCommand) createOutput(to *streams) (err error) {
	c.file, err = to.files.create(c.Output)
	return err
}

// Run runs the case and those beside it, and writes the file.
func (c *reportCommand) Run(to *streams) error {
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	v, err := c.version(d, c.Case)
	if err != nil {
		return err
	}
	if c.Cases == "" {
		c.Cases = fittedFirst(d)
	}
	others, err := c.versions(d, c.Cases)
	if err != nil {
		return err
	}
	if c.Council != "" {
		if v, err = c.committee(others); err != nil {
			return err
		}
	}
	all := append(slices.Clone(others), v)
	if err := cmp.Or(c.checkRates(all...), c.checkHeld(c.FixedRates, all...)); err != nil {
		return err
	}
	result, cases, err := c.results(to, v, others)
	if err != nil {
		return err
	}
	if err := reportWriters[c.ending()](c, to, d, result, cases); err != nil {
		return err
	}
	if err := c.file.finish(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "%s written\n", words.Printable(c.Output))
	return err
}

// results runs the case, and those beside it unless one of them is it.
func (c *reportCommand) results(to *streams, v *scenario.Version, others []*scenario.Version) (result *montecarlo.Result, cases []*montecarlo.Result, err error) {
	o := c.hold(c.options(to), append(slices.Clone(others), v)...)
	page := c.ending() == ".html" // which has series, and charts of single replications
	o.TotalsOnly, o.AllValues = !page, page
	if result, err = montecarlo.Run(to.ctx, v, o); err != nil {
		return nil, nil, err
	}
	for _, other := range others {
		r := result
		if other.Name() != v.Name() {
			if r, err = montecarlo.Run(to.ctx, other, o); err != nil {
				return nil, nil, err
			}
		}
		cases = append(cases, r)
	}
	return result, cases, nil
}

// workbook writes the workbook.
func (c *reportCommand) workbook(to *streams, _ *scenario.Document, result *montecarlo.Result, cases []*montecarlo.Result) error {
	w := xlsx.Workbook{Result: result, Cases: cases, Written: to.today(), Command: lineOf(to.arguments, c.Output), Version: version()}
	if caution := overdue([]*scenario.Version{result.Version}, to.today()); caution != "" {
		w.Cautions = append(w.Cautions, strings.TrimPrefix(caution, "Caution: "))
	}
	return w.Write(c.file)
}

// version is that of the program, as far as it knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	switch {
	case !ok || info.Main.Version == "":
		return ""
	case info.Main.Version == "(devel)": // built from source, without a release
		return "not a released version"
	}
	return info.Main.Version
}

// inQuotes is an argument in quotation marks: in double ones, which the shells of all systems
// take, unless it has a sign that means something inside them.
func inQuotes(argument string) string {
	if !strings.ContainsAny(argument, "\"$`\\!") {
		return `"` + argument + `"`
	}
	return "'" + strings.ReplaceAll(argument, "'", `'\''`) + "'"
}

// lineOf is a command line as it can be typed again. What it writes has its name without
// its folder, which is nobody else's.
func lineOf(arguments []string, output string) string {
	line := "edgeofcare"
	for _, one := range arguments {
		if flag, ok := strings.CutSuffix(one, output); ok && (flag == "" || strings.HasPrefix(flag, "-")) {
			one = flag + filepath.Base(output)
		}
		if strings.ContainsAny(one, " *{}\"'$;&|<>()") {
			one = inQuotes(one)
		}
		line += " " + one
	}
	return line
}
