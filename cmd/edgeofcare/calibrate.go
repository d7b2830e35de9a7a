package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/report"
)

// calibrateCommand estimates weekly moves from records.
type calibrateCommand struct {
	Records      string  `arg:"" optional:"" help:"The folder or zip file of SSDA903 returns, or the CSV file of spells (where each child lived from when to when) or of visits (where it was found)."`
	WeeksInState string  `help:"Weeks in a state at which its rates may change, or none. Default: 13,52." placeholder:"WEEKS"`
	Least        int     `default:"10" help:"Moves below which a band or a destination is pooled. Default: 10." placeholder:"N"`
	By           string  `help:"Divide counts and rates by age, year or cohort; rows of a programme file by cohort alone." placeholder:"WHAT"`
	Guard        int     `help:"Days before the 18th birthday at which every clock stops: 31 where dates of birth are the first of the month." placeholder:"DAYS"`
	Weekly       bool    `help:"Count where children are on each Monday, in place of exact days: moves are then from one Monday to the next."`
	Suppress     bool    `default:"true" negatable:"" help:"Do not show counts of 1 to 5, or what they can be worked out from. Default: yes."`
	Log          string  `help:"With returns: the CSV file to write every repair and rejected row into, by file and line. It is about single rows: keep it inside the council." placeholder:"FILE"`
	Curves       string  `help:"The CSV file to write curves into, week by week: the share still there (Kaplan-Meier) and gone, by destination (Aalen-Johansen), seen and fitted." placeholder:"FILE"`
	Moves        string  `help:"With visits: the moves that can be, as in 'foster to residential, residential to foster'. Default: every move seen from one visit to the next." placeholder:"LIST"`
	Matrix       string  `help:"In place of records: the CSV file of a published table of where children are after a cycle, to make weekly." placeholder:"FILE"`
	Cycle        float64 `help:"The weeks of that cycle, with --matrix: 13, 52." placeholder:"WEEKS"`
	outputFlags
	log, curves *outFile
}

// Help is shown by edgeofcare calibrate --help.
func (calibrateCommand) Help() string {
	return `Returns on looked-after children (SSDA903) are read from the header and episode files of several
years, or from their XML form, and every repair is counted. U and K2, R1, S1 places are foster and residential care,
E4A, E4B and E13 are reunified, and a child at home is followed until it is in care again.

A file of spells has the columns child, state, start and end, and where they are known next
(the state moved to; empty if the stay was not seen to end), seen (the first day on which
the child was observed, where the stay began before), born and cohort. End is the first day
no longer in the state or no longer observed. Dates are 2022-04-01 or 01/04/2022. Whatever
stands under child tells children apart and is shown nowhere.

A file of visits has the columns child, on (a day) and state: where children were found, as
at reviews, where nobody noted when they moved. Rates are then those under which what was
found is most likely. Leave visits after the 18th birthday out.

At 18 every clock stops: leaving then is no move. Intervals are Jeffreys' for hazards, 95%.

With -o FILE.yaml the rows of a programme file are written there, with how well they are
known, and the tables are printed. Put them in place of
the rows of the same states under background, and keep those of other states.

--matrix reads a table whose first line and first column are the states; each row is where
children of a state are after the cycle, as shares that add up to 1. No cell of it can be
converted by itself: the weekly root of the whole table is taken, or refused with the
nearest table that a week can have.

Examples:
  edgeofcare calibrate returns --log repairs.csv
  edgeofcare calibrate spells.csv
  edgeofcare calibrate spells.csv -o rows.yaml
  edgeofcare calibrate spells.csv --by age --weeks-in-state none
  edgeofcare calibrate spells.csv --curves curves.csv
  edgeofcare calibrate visits.csv --moves "foster to residential"
  edgeofcare calibrate --matrix after-a-year.csv --cycle 52`
}

// createOutput makes all files before anything is worked out for them.
func (c *calibrateCommand) createOutput(to *streams) (err error) {
	if c.Log != "" {
		if c.log, err = to.files.create(c.Log); err != nil {
			return err
		}
	}
	if c.Curves != "" {
		if c.curves, err = to.files.create(c.Curves); err != nil {
			return err
		}
	}
	return c.outputFlags.createOutput(to)
}

// Validate leaves the name of a programme file as it is.
func (c *calibrateCommand) Validate() error {
	for _, file := range []string{c.Log, c.Curves} {
		if file != "" {
			if err := writable(file); err != nil {
				return err
			}
		}
	}
	if !c.writesRows() {
		return c.outputFlags.Validate()
	}
	if c.Format == "" {
		c.Format = "table"
	}
	return writable(c.Output)
}

// writesRows reports whether rows of a programme file are written.
func (c *calibrateCommand) writesRows() bool {
	return slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(filepath.Ext(c.Output)))
}

// Run estimates, prints and, if asked, writes rows.
func (c *calibrateCommand) Run(to *streams) error {
	settings, err := c.check()
	if err != nil {
		return err
	}
	if c.Matrix != "" {
		return c.weekly(to)
	}
	spells, visits, care, err := c.read()
	if err != nil {
		return err
	}
	if visits != nil {
		return c.panel(to, visits)
	}
	if c.Moves != "" {
		return misused("--moves is of visits, which do not say what lies between them: leave it out")
	}
	if c.Log != "" && care == nil {
		return misused("--log is of returns, of which rows are repaired: spells are read as they are or refused, so leave it out")
	}
	if c.By == "cohort" && !slices.ContainsFunc(spells, func(s estimate.Spell) bool { return s.Cohort != "" }) {
		return misused("--by cohort: no record has a cohort, and returns have none: leave it out, or give spells with a column cohort")
	}
	e, err := c.estimate(spells, settings)
	if err != nil {
		return err
	}
	e.care = care
	if err := c.show(to, e); err != nil {
		return err
	}
	if err := c.writeCurves(to, e); err != nil || care == nil {
		return err
	}
	return c.writeLog(to, care.Log)
}

// show prints the tables and, if asked, writes rows.
func (c *calibrateCommand) show(to *streams, e *estimated) error {
	if !c.writesRows() {
		return c.write(to, nil, e.tables()...)
	}
	rows, err := estimate.Rows(slices.Concat(e.common, e.rowRates))
	if err != nil {
		return err
	}
	out := outputFlags{Format: c.Format}
	if err := out.write(to, nil, e.tables()...); err != nil {
		return err
	}
	if at := e.atStake(); at != "" {
		fmt.Fprintln(to.err, "Warning:", at)
	}
	return c.deliver(to, []byte(e.heading()+rows))
}

// writeLog writes what became of single rows.
func (c *calibrateCommand) writeLog(to *streams, log ssda903.Log) error {
	if c.log == nil {
		return nil
	}
	t := textTable("", "file", "line", "column", "rule", "rejected", "text")
	t.Sheet = true
	for _, e := range log.Entries {
		column, rejected := "", "no"
		if e.Column > 0 {
			column = strconv.Itoa(e.Column)
		}
		if e.Rejected {
			rejected = "yes"
		}
		t.Rows = append(t.Rows, textRow(e.File, strconv.Itoa(e.Row), column, string(e.Rule), rejected, e.Text))
	}
	var text bytes.Buffer
	if err := report.Write(&text, report.CSV, report.Options{}, t); err != nil {
		return err
	}
	return saveBeside(to, c.log, text.Bytes(), true)
}

// read reads returns from a folder or a zip file, or spells or visits from a CSV file.
// There is no care of spells, and no spells are made of visits.
func (c *calibrateCommand) read() ([]estimate.Spell, []estimate.Visit, *ssda903.Care, error) {
	info, err := os.Stat(c.Records)
	if err != nil {
		return nil, nil, nil, misused("%s cannot be read: name a folder of returns or a CSV file of spells or visits", c.Records)
	}
	var returns fs.FS
	switch {
	case info.IsDir():
		returns = os.DirFS(c.Records)
	case strings.EqualFold(filepath.Ext(c.Records), ".zip"):
		archive, err := zip.OpenReader(c.Records)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("%s: %w", c.Records, err)
		}
		defer archive.Close()
		returns = archive
	default:
		return c.readCSV()
	}
	care, err := ssda903.Read(returns)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", c.Records, err)
	}
	var spells []estimate.Spell
	for _, stay := range care.Stays(ssda903.DefaultStates()) {
		spells = append(spells, estimate.Spell(stay))
	}
	return spells, nil, care, nil
}

// readCSV reads spells or visits, which their columns tell apart.
func (c *calibrateCommand) readCSV() (spells []estimate.Spell, visits []estimate.Visit, none *ssda903.Care, err error) {
	text, err := os.ReadFile(c.Records)
	if err != nil {
		return nil, nil, nil, misused("%s cannot be read: name a folder of returns or a CSV file of spells or visits", c.Records)
	}
	if areVisits(string(text)) {
		visits, err = estimate.ReadVisits(bytes.NewReader(text))
	} else {
		spells, err = estimate.ReadSpells(bytes.NewReader(text))
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", c.Records, err)
	}
	return spells, visits, nil, err
}

// check refuses what cannot be, and flags that would do nothing.
func (c *calibrateCommand) check() (estimate.Settings, error) {
	var s estimate.Settings
	if c.Matrix != "" {
		if c.Records != "" {
			return s, misused("records and --matrix are two inputs: name one of them")
		}
		if c.Cycle == 0 {
			return s, misused("--matrix needs --cycle, the weeks after which children are where the table says, such as --cycle 52")
		}
		return s, refuse("--matrix", map[string]bool{"--weeks-in-state": c.WeeksInState != "", "--by": c.By != "", "--guard": c.Guard != 0, "--weekly": c.Weekly, "--least": c.Least != 10, "--no-suppress": !c.Suppress, "--log": c.Log != "", "--curves": c.Curves != "", "--moves": c.Moves != ""})
	}
	if c.Records == "" {
		return s, misused("name a folder of SSDA903 returns, a CSV file of spells or visits, or a table with --matrix: see edgeofcare calibrate --help")
	}
	if c.Cycle != 0 {
		return s, refuse("records", map[string]bool{"--cycle": true})
	}
	if c.Least < 0 || c.Guard < 0 {
		return s, misused("--least and --guard are 0 or more")
	}
	s.Guard, s.Weekly = c.Guard, c.Weekly
	switch c.By {
	case "":
	case "age":
		s.Ages = []int{1, 5, 10, 16}
	case "year":
	case "cohort":
		s.Cohorts = true
	default:
		return s, misused("--by %s: divide by age, year or cohort", c.By)
	}
	switch c.WeeksInState {
	case "none":
	case "":
		s.InState = []int{13, 52}
	default:
		for _, text := range strings.Split(c.WeeksInState, ",") {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil || n <= 0 || len(s.InState) > 0 && n <= s.InState[len(s.InState)-1] {
				return s, misused("--weeks-in-state %s: give rising whole numbers with commas between them, such as 13,52, or none", c.WeeksInState)
			}
			s.InState = append(s.InState, n)
		}
	}
	return s, nil
}

// estimated is what was found of some records.
type estimated struct {
	*calibrateCommand

	table    *estimate.Table
	rates    []estimate.Rate
	rowRates []estimate.Rate // not by age or year
	common   []estimate.Rate // of all cohorts together, where rates are by cohort
	memory   []estimate.Memory
	curves   []estimate.Curve
	children int
	spells   int
	care     *ssda903.Care // what returns were read; nil for spells
}

// estimate works everything out.
func (c *calibrateCommand) estimate(spells []estimate.Spell, s estimate.Settings) (*estimated, error) {
	e := &estimated{calibrateCommand: c, spells: len(spells)}
	seen := map[int]bool{}
	for _, spell := range spells {
		seen[spell.Child] = true
	}
	e.children = len(seen)
	if c.By == "year" {
		s.Periods = years(spells)
	}
	var err error
	if e.table, err = estimate.Count(spells, s); err != nil {
		return nil, err
	}
	s.Ages, s.Periods = nil, nil
	whole, err := estimate.Count(spells, s)
	if err != nil {
		return nil, err
	}
	e.rowRates = c.ratesOf(whole)
	e.rates = c.ratesOf(e.table)
	if e.memory, err = estimate.Memoryless(spells, s); err != nil {
		return nil, err
	}
	if e.curves, err = estimate.Curves(spells, s, e.rowRates, curveWeeks); err != nil || !s.Cohorts {
		return e, err
	}
	s.Cohorts = false // a file needs rows for cohorts that have none of their own
	if whole, err = estimate.Count(spells, s); err != nil {
		return nil, err
	}
	e.common = c.ratesOf(whole)
	return e, nil
}

// ratesOf are the rates of a table as they may be shown.
func (c *calibrateCommand) ratesOf(t *estimate.Table) []estimate.Rate {
	rates := estimate.Rates(t, c.Least)
	if c.Suppress {
		rates = estimate.Suppress(rates)
	}
	return rates
}

// years are the first days of the financial years that spells lie in.
func years(spells []estimate.Spell) []calendar.Date {
	first, last := calendar.FinancialYear(0), calendar.FinancialYear(0)
	for _, s := range spells {
		from := s.Start
		if s.Seen.After(from) {
			from = s.Seen
		}
		if y := from.FinancialYear(); first == 0 || y < first {
			first = y
		}
		last = max(last, s.End.FinancialYear())
	}
	var days []calendar.Date
	for y := first; y <= last; y++ {
		days = append(days, calendar.NewDate(int(y), 4, 1))
	}
	return days
}

// weekly makes a published table weekly.
func (c *calibrateCommand) weekly(to *streams) error {
	file, err := os.Open(c.Matrix)
	if err != nil {
		return misused("%s cannot be read: name a CSV file", c.Matrix)
	}
	defer file.Close()
	states, p, err := readMatrix(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Matrix, err)
	}
	weekly, err := estimate.WeeklyMatrix(p, c.Cycle)
	var none *estimate.NoWeeklyMatrix
	switch {
	case errors.As(err, &none):
		var rows []string
		for i, from := range states {
			var row []string
			for _, x := range none.Nearest[i] {
				row = append(row, strconv.FormatFloat(x, 'f', 6, 64))
			}
			rows = append(rows, from+" "+strings.Join(row, ", "))
		}
		return fmt.Errorf("%s: this table of %s weeks has no weekly root: %s. The nearest, row by row, is: %s. Use it only if that error is small beside the figures", c.Matrix, words.Significant(c.Cycle), none, strings.Join(rows, "; "))
	case err != nil:
		return fmt.Errorf("%s: %w", c.Matrix, err)
	}
	if !c.writesRows() {
		return c.write(to, nil, matrixTable(fmt.Sprintf("Weekly probabilities that come to the table after %s weeks", words.Significant(c.Cycle)), states, weekly))
	}
	var rows strings.Builder
	rows.WriteString("background:\n")
	for i, from := range states {
		var moves []string
		for j, x := range weekly[i] {
			if j != i && x >= 1e-9 {
				moves = append(moves, fmt.Sprintf("%q: %s", states[j], strconv.FormatFloat(x, 'f', 9, 64)))
			}
		}
		if len(moves) > 0 {
			fmt.Fprintf(&rows, "  %q: {%s}\n", from, strings.Join(moves, ", "))
		}
	}
	return c.deliver(to, []byte(rows.String()))
}

// readMatrix reads states and the shares of each row.
func readMatrix(r io.Reader) (states []string, p [][]float64, err error) {
	all, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, nil, err
	}
	if len(all) < 2 || len(all[0]) < 2 {
		return nil, nil, errors.New("the first line must hold the states, and a line for each state its shares")
	}
	for _, name := range all[0][1:] {
		states = append(states, strings.TrimSpace(name))
	}
	for i, row := range all[1:] {
		if i >= len(states) || strings.TrimSpace(row[0]) != states[i] {
			return nil, nil, fmt.Errorf("line %d is about %q: rows and columns must be the same states in the same order", i+2, row[0])
		}
		var shares []float64
		for j, text := range row[1:] {
			text = strings.TrimSpace(text)
			x, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
			if err != nil {
				return nil, nil, fmt.Errorf("line %d, %s: %q is not a share: write 0.2 or 20%%", i+2, states[j], text)
			}
			if strings.HasSuffix(text, "%") {
				x /= 100
			}
			shares = append(shares, x)
		}
		p = append(p, shares)
	}
	return states, p, nil
}
