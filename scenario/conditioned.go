package scenario

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"sync"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// A case may hold its uncertain inputs to what was paid. It names a table of draws of a
// posterior, a CSV file beside the programme file, and what the draws rest on:
//
//	conditioned on:
//	  draws: dn2.base.csv
//	  paid to: 2024-06-30
//	  seed: 1
//	  effective sample size: 3380
//	  digest: 0f3a96b2c4d85e71
//
// The first line of the table has the paths of the inputs, and each other line one draw:
// numbers, and of alternatives the names. All draws are as likely. The digest is of the
// table and of all that it depends on: the laws of the inputs, what they are correlated
// with, what was paid to that day and what is expected of it. So the draws are never used
// for inputs that are not those they were made of.

const (
	conditionedOn = "conditioned on"
	makeAgain     = "make the table again with edgeofcare condition, or take out \"conditioned on\""
)

// conditioning is what a case is held to.
type conditioning struct {
	*model.Conditioned
	at    cursor
	text  []byte // of the table
	table func() (*table, error)
}

// table is a table of draws as it was read, for every programme that it is filled in for.
type table struct {
	rows    [][]string
	numbers [][]float64 // by column; nil for one that has anything else in it
}

// conditioning reads what a case is held to; nil for nothing.
func (d *decoder) conditioning(c cursor, beside fs.FS) *conditioning {
	if !c.given() {
		return nil
	}
	f := c.fields("draws", "paid to", "seed", "effective sample size", "digest")
	file := f.need("draws", want{"the name of a CSV file", "mine.base.csv"})
	held := &conditioning{Conditioned: &model.Conditioned{}, at: c}
	held.PaidTo = f.need("paid to", aDate).date()
	held.Seed = uint64(f.need("seed", aCount).count())
	held.EffectiveSize = f.need("effective sample size", want{"a number", "400"}).number(want{"a number", "400"}).InexactFloat64()
	held.Digest = f.need("digest", want{"a digest", "0f3a96b2c4d85e71"}).text()
	name := file.text()
	if name == "" {
		return nil
	}
	text, err := tableOfDraws(beside, name)
	if err != nil {
		file.fault("%s", err)
		return nil
	}
	held.text, held.table = text, sync.OnceValues(func() (*table, error) { return readTable(text) })
	return held
}

// tableOfDraws reads a table beside the programme file or, failing that, one of the
// library.
func tableOfDraws(beside fs.FS, name string) ([]byte, error) {
	for _, files := range []fs.FS{beside, Library()} {
		if files == nil || !fs.ValidPath(name) {
			continue
		}
		text, err := fs.ReadFile(files, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return text, err
		}
	}
	return nil, fmt.Errorf("there is no %s beside the programme file: put the table of draws there, make it again with edgeofcare condition, or take out %q", name, conditionedOn)
}

// readTable reads a table of draws, with its first line.
func readTable(text []byte) (*table, error) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) < 2 {
		return nil, errors.New("the table of draws has no draw: its first line has the paths of inputs, and each other line a draw")
	}
	t := &table{rows, make([][]float64, len(rows[0]))}
	for column := range t.numbers {
		values := make([]float64, len(rows)-1)
		all := true
		for draw, row := range rows[1:] {
			var is bool
			values[draw], is = drawnNumber(row[column])
			all = all && is
		}
		if all {
			t.numbers[column] = values
		}
	}
	return t, nil
}

// fill reads the draws for a programme.
func (c *conditioning) fill(p *model.Programme) (*model.Conditioned, error) {
	held := *c.Conditioned
	read, err := c.table()
	if err != nil {
		return nil, err
	}
	rows := read.rows
	held.Size = len(rows) - 1
	for column, path := range rows[0] {
		at := slices.IndexFunc(p.Uncertain, func(u model.Uncertain) bool { return string(u.Path) == path })
		if at < 0 {
			return nil, fmt.Errorf("the draws are of %q, which is no uncertain input here: %s", path, makeAgain)
		}
		held.Inputs = append(held.Inputs, model.Path(path))
		if read.numbers[column] != nil && !ofAlternatives(p.Uncertain[at]) {
			held.Draws = append(held.Draws, slices.Clone(read.numbers[column]))
			continue
		}
		values := make([]float64, held.Size)
		for draw, row := range rows[1:] {
			if values[draw], err = drawnValue(p.Uncertain[at], row[column]); err != nil {
				return nil, fmt.Errorf("line %d of the table, %s: %w", draw+2, path, err)
			}
		}
		held.Draws = append(held.Draws, values)
	}
	return &held, nil
}

// drawnValue reads a value of an input in a draw.
func drawnValue(u model.Uncertain, text string) (float64, error) {
	if ofAlternatives(u) {
		if place := slices.Index(u.Values, text); place >= 0 {
			return float64(place), nil
		}
		return 0, fmt.Errorf("there is no alternative %s", quote(text))
	}
	x, is := drawnNumber(text)
	if !is {
		return 0, fmt.Errorf("%s is no number", quote(text))
	}
	return x, nil
}

func drawnNumber(text string) (x float64, is bool) {
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// WriteDraws writes draws that a programme's inputs are held to as a table that a case
// can name, and sets Digest to what goes with it.
func WriteDraws(w io.Writer, p *model.Programme, c *model.Conditioned) error {
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	var first []string
	for _, path := range c.Inputs {
		first = append(first, string(path))
	}
	if err := out.Write(first); err != nil {
		return err
	}
	for draw := range c.Size {
		var row []string
		for i, path := range c.Inputs {
			at := slices.IndexFunc(p.Uncertain, func(u model.Uncertain) bool { return u.Path == path })
			if at < 0 {
				return fmt.Errorf("%q is no uncertain input of the programme", path)
			}
			x := c.Draws[i][draw]
			if u := p.Uncertain[at]; ofAlternatives(u) {
				row = append(row, u.Values[int(x)])
			} else {
				row = append(row, strconv.FormatFloat(x, 'g', 7, 64))
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	var err error
	if c.Digest, err = digest(p, c, text.Bytes()); err != nil {
		return err
	}
	_, err = w.Write(text.Bytes())
	return err
}

// digest is of a table of draws and everything that it depends on. Numbers are rounded
// so far that it is the same on every architecture.
func digest(p *model.Programme, c *model.Conditioned, table []byte) (string, error) {
	sum := sha256.New()
	sum.Write(table)
	for _, path := range c.Inputs {
		at := slices.IndexFunc(p.Uncertain, func(u model.Uncertain) bool { return u.Path == path })
		if at < 0 {
			return "", fmt.Errorf("%q is no uncertain input", path)
		}
		u := p.Uncertain[at]
		fmt.Fprintf(sum, "%q %q %.7g %.4g %q %q %.6g\n", u.Path, u.Said, u.Law.Mean(), u.Law.SD(), u.Multiplies, u.Values, u.Count)
		for _, w := range u.Law.Values {
			fmt.Fprintf(sum, "%.6g %.6g\n", w.Value, w.Weight)
		}
	}
	for _, pair := range p.Correlations {
		if c.Holds(pair.Inputs[0]) {
			fmt.Fprintf(sum, "%q %.6g\n", pair.Inputs, pair.Spearman)
		}
	}
	expected, err := expectedPayments(p)
	if err != nil {
		return "", err
	}
	for _, e := range expected {
		if !e.quarter.Last().After(c.PaidTo) {
			fmt.Fprintf(sum, "%s %.0f\n", e.quarter, e.pounds)
		}
	}
	actual := slices.SortedFunc(slices.Values(p.Published.Actual), func(a, b model.QuarterAmount) int { return cmp.Compare(a.Quarter, b.Quarter) })
	for _, a := range actual {
		if !a.Quarter.Last().After(c.PaidTo) {
			fmt.Fprintf(sum, "%s %s\n", a.Quarter, a.Amount.StringFixed(2))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// expectedPayment is the payment of the central projection for a quarter.
type expectedPayment struct {
	quarter calendar.Quarter
	pounds  float64
}

func expectedPayments(p *model.Programme) ([]expectedPayment, error) {
	e, err := expect.Of(p)
	if err != nil {
		return nil, err
	}
	prices := contract.Constant
	if p.Inflation != 0 {
		prices = contract.Cash
	}
	pricer, err := p.Pricer(prices, nil)
	if err != nil {
		return nil, err
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, e.Counts, ledger)
	paid := make([]expectedPayment, len(ledger.Shape.Quarters))
	for q, quarter := range ledger.Shape.Quarters {
		paid[q].quarter = quarter
	}
	for payer := range ledger.Payers {
		for council := range ledger.Shape.Commissioners {
			for q, pence := range ledger.PaymentsOf(payer, council) {
				paid[q].pounds += float64(pence) / 100
			}
		}
	}
	return paid, nil
}

// hold makes the programme of a case that is held to what was paid have its draws, if
// everything that they depend on is as it was when they were made.
func (v *Version) hold(c *conditioning) error {
	v.LawsAlone = false
	if c == nil || v.document.certain || len(v.Programme.Uncertain) == 0 {
		return nil
	}
	held, err := c.fill(v.Programme)
	if err == nil {
		var is string
		if is, err = digest(v.Programme, held, c.text); err == nil && is != c.Digest {
			err = fmt.Errorf("the draws were made of other inputs, ranges or payments than these, or have been changed since: %s; the digest is %s, and not %s", makeAgain, is, c.Digest)
		}
	}
	if err != nil {
		v.LawsAlone = true
		return err
	}
	v.Programme.Conditioned = held
	return nil
}

// heldTo is what a case is held to; nil for nothing.
func (d *Document) heldTo(name string) *conditioning {
	set, err := find("case", d.cases, name)
	if err != nil {
		return nil
	}
	return set.held
}

// checkHeld reports cases whose draws do not go with them.
func (d *Document) checkHeld() (findings []finding) {
	for _, set := range d.cases {
		if set.held == nil {
			continue
		}
		v := &Version{Case: set.Name, document: d}
		if err := v.apply(); err != nil {
			continue // the fault is reported
		}
		if err := v.hold(set.held); err != nil {
			findings = append(findings, set.held.at.at.fault(set.held.at.path, "%s", err))
		}
	}
	return findings
}

// drawsOfTable are the values of inputs in the draws that some are held to.
type drawsOfTable struct {
	values [][]float64 // by input; nil for one that is not held
	size   int
}

// Hold makes the drawer take the inputs that are held to what was paid from their draws.
// A draw then takes one more quantile, the last, which says which of them it is.
func (d *Drawer) Hold(c *model.Conditioned) error {
	if c == nil || len(c.Draws) == 0 {
		return errors.New("there are no draws to hold inputs to, as in a version that was read back from JSON: make it with Document.Version, or run it without them")
	}
	if d.version.document == nil {
		return errors.New("some inputs are held to what was paid in the programme as its file has it, and this one has been changed since or has no file: run it without their draws, or set Programme.Conditioned to nil")
	}
	d.held = &drawsOfTable{values: make([][]float64, len(d.inputs)), size: c.Size}
	for i, path := range c.Inputs {
		at := d.find(path)
		if at < 0 {
			return fmt.Errorf("%s: it is held to what was paid, and is not uncertain", path)
		}
		d.held.values[at] = c.Draws[i]
	}
	return nil
}

// Held reports whether some inputs are held to what was paid: see Hold.
func (d *Drawer) Held() bool { return d.held != nil }

// at is the draw that a quantile says.
func (t *drawsOfTable) at(quantile float64) int { return min(t.size-1, int(quantile*float64(t.size))) }

// has reports whether an input is held.
func (t *drawsOfTable) has(input int) bool { return t != nil && t.values[input] != nil }
