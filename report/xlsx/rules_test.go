package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// What a workbook must be, for whoever follows it and whoever reads it with a screen
// reader: the rules of FAST, of the ICAEW and of the Analysis Function of the civil
// service, checked on files as they are written.

var ruled = []subject{subjects[6], subjects[10], subjects[11]}

// tableOf is the one table of a sheet, with its heads and rows.
func tableOf(t *testing.T, f *excelize.File, sheet string) (excelize.Table, [][]string) {
	t.Helper()
	tables, err := f.GetTables(sheet)
	require.NoError(t, err)
	require.Len(t, tables, 1, sheet)
	from, to, _ := strings.Cut(tables[0].Range, ":")
	left, top, err := excelize.CellNameToCoordinates(from)
	require.NoError(t, err)
	right, bottom, err := excelize.CellNameToCoordinates(to)
	require.NoError(t, err)
	require.Equal(t, 1, left, "the table of %s begins in column A", sheet)
	var rows [][]string
	for row := top; row <= bottom; row++ {
		var cells []string
		for column := left; column <= right; column++ {
			at, err := excelize.CoordinatesToCellName(column, row)
			require.NoError(t, err)
			text, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
			require.NoError(t, err)
			cells = append(cells, text)
		}
		rows = append(rows, cells)
	}
	return tables[0], rows
}

func TestSheetsKeepTheRules(t *testing.T) {
	for _, s := range ruled {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			f := opened(t, written(t, workbookOf(t, s)))
			names := map[string]bool{}
			for _, sheet := range f.GetSheetList() {
				table, rows := tableOf(t, f, sheet)
				require.False(t, names[table.Name], "names of tables differ")
				names[table.Name] = true
				require.Greater(t, len(rows), 1, "%s has rows", sheet)
				require.Len(t, uniqueTexts(rows[0]), len(rows[0]), "heads of %s differ", sheet)
				for i, row := range rows {
					require.NotEmpty(t, row[0], "row %d of %s says what it is", i, sheet)
					if sheet != "Profile" {
						require.NotContains(t, row, "", "%s row %d has no empty cell", sheet, i)
					}
				}
				merged, err := f.GetMergeCells(sheet)
				require.NoError(t, err)
				require.Empty(t, merged)
				shown, err := f.GetSheetVisible(sheet)
				require.NoError(t, err)
				require.True(t, shown)
				panes, err := f.GetPanes(sheet)
				require.NoError(t, err)
				require.False(t, panes.Freeze)
				title, err := f.GetCellValue(sheet, "A1")
				require.NoError(t, err)
				require.NotEmpty(t, title)
			}
			require.Empty(t, f.GetDefinedName())
			require.Equal(t, 0, f.GetActiveSheetIndex())
			props, err := f.GetDocProps()
			require.NoError(t, err)
			require.NotEmpty(t, props.Title)
			require.Equal(t, "edgeofcare", props.Creator)
		})
	}
}

func uniqueTexts(all []string) map[string]bool {
	found := map[string]bool{}
	for _, one := range all {
		found[one] = true
	}
	return found
}

var (
	called     = regexp.MustCompile(`[A-Z]+\(`)
	address    = regexp.MustCompile(`([A-Z][a-z]+!)?(\$?)([A-Z]{1,3})(\$?)(\d+)`)
	ownNumbers = regexp.MustCompile(`(^|[-+*/^(,<>=])(\d+(\.\d+)?)`)
)

// formulasOf are the formulas of a sheet's rows as they stand in the file.
func formulasOf(t *testing.T, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	all := map[string]string{}
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	for i, row := range rows {
		for j := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			require.NoError(t, err)
			text, err := f.GetCellFormula(sheet, at)
			require.NoError(t, err)
			if text != "" {
				all[at] = text
				require.NotEmpty(t, row[j], "%s!%s: =%s has its value in the file", sheet, at, text)
			}
		}
	}
	return all
}

// Formulas are short, use only functions that every spreadsheet has, hold no number but
// 0 and 1, read nothing outside the workbook, and are one formula to a row of quarters.
func TestFormulasKeepTheRules(t *testing.T) {
	for _, s := range ruled {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			f := opened(t, written(t, workbookOf(t, s)))
			total := 0
			for _, sheet := range f.GetSheetList() {
				formulas := formulasOf(t, f, sheet)
				total += len(formulas)
				for at, text := range formulas {
					for _, name := range called.FindAllString(text, -1) {
						require.Contains(t, append(slices.Collect(maps.Keys(functions)), "IF"), strings.TrimSuffix(name, "("), "=%s", text)
					}
					require.NotContains(t, text, "[", "no other workbook")
					for _, own := range ownNumbers.FindAllStringSubmatch(address.ReplaceAllString(text, "x"), -1) {
						require.Contains(t, []string{"0", "1"}, own[2], "%s!%s: =%s", sheet, at, text)
					}
				}
				inRows(t, f, sheet, formulas)
			}
			require.Greater(t, total, 500)
		})
	}
}

// inRows checks that the quarters of a row have one formula, copied to the right, or all
// have none.
func inRows(t *testing.T, f *excelize.File, sheet string, formulas map[string]string) {
	t.Helper()
	_, rows := tableOf(t, f, sheet)
	if !slices.Equal(rows[0][:min(len(rows[0]), firstQuarter)], axisHeads) {
		return
	}
	table, _ := tableOf(t, f, sheet)
	_, top, err := excelize.CellNameToCoordinates(strings.Split(table.Range, ":")[0])
	require.NoError(t, err)
	for i := range rows[1:] {
		first := ""
		for q := range len(rows[0]) - firstQuarter {
			at := letters(firstQuarter+q) + strconv.Itoa(top+1+i)
			text := relative(t, formulas[at], q)
			if q == 0 {
				first = text
			}
			require.Equal(t, first, text, "%s!%s", sheet, at)
		}
	}
}

// relative is a formula as it would stand in the first quarter.
func relative(t *testing.T, text string, q int) string {
	t.Helper()
	return address.ReplaceAllStringFunc(text, func(found string) string {
		part := address.FindStringSubmatch(found)
		if part[2] == "$" {
			return found
		}
		column, err := excelize.ColumnNameToNumber(part[3])
		require.NoError(t, err)
		return part[1] + letters(column-1-q) + part[4] + part[5]
	})
}

func isNumber(text string) bool { _, err := strconv.ParseFloat(text, 64); return err == nil }

// One column is one quarter on every sheet with quarters.
func TestOneTimeAxis(t *testing.T) {
	f := opened(t, written(t, workbookOf(t, subjects[4])))
	var want []string
	sheets := 0
	for _, sheet := range f.GetSheetList() {
		_, rows := tableOf(t, f, sheet)
		if !slices.Equal(rows[0][:min(len(rows[0]), 4)], axisHeads[:4]) {
			continue
		}
		sheets++
		if want == nil {
			want = rows[0]
		}
		require.Equal(t, want, rows[0], sheet)
	}
	require.GreaterOrEqual(t, sheets, 10)
	require.Equal(t, "Q3 2020/21", want[firstQuarter])
}

// No text of a programme becomes a formula: the title of two-caps.yaml begins with an
// equals sign.
func TestTextIsNoFormula(t *testing.T) {
	f := opened(t, written(t, workbookOf(t, subjects[9])))
	title, err := f.GetCellValue("Cover", "A1")
	require.NoError(t, err)
	require.Equal(t, "'=Two caps in Dale and Vale (invented)", title)
	for _, sheet := range f.GetSheetList() {
		formulas := formulasOf(t, f, sheet)
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		for i, row := range rows {
			for j, text := range row {
				at := letters(j) + strconv.Itoa(i+1)
				if _, isFormula := formulas[at]; isFormula || text == "" || isNumber(text) {
					continue
				}
				require.NotContains(t, "=+-@", text[:1], "%s!%s", sheet, at)
			}
		}
	}
}

// The same result gives the same bytes, and no stamp of a clock is in the file.
func TestSameBytes(t *testing.T) {
	w := workbookOf(t, subjects[11])
	first := written(t, w)
	require.True(t, bytes.Equal(first, written(t, w)))
	archive, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	require.NoError(t, err)
	for _, file := range archive.File {
		if file.Name == "docProps/core.xml" {
			in, err := file.Open()
			require.NoError(t, err)
			text, err := io.ReadAll(in)
			require.NoError(t, err)
			require.Contains(t, string(text), "2026-11-28")
		}
	}
}

// What the workbook does not price by formulas stands on the cover.
func TestWhatIsPastedIsSaid(t *testing.T) {
	f := opened(t, written(t, workbookOf(t, subjects[11])))
	_, rows := tableOf(t, f, "Cover")
	said := ""
	for _, row := range rows {
		if strings.HasPrefix(row[0], "Not priced by formulas") {
			said += row[1] + "\n"
		}
	}
	require.Contains(t, said, "Claims of Weekly: its price is another beyond 300 units")
	require.Contains(t, said, "Receipts and capital requirement")
	require.Equal(t, "All checks are met: the workbook is as delivered and equals the engine to the penny", rows[1][1])
}

// A changed input shows on the cover, and shares that do not add up break the master
// check.
func TestMasterCheck(t *testing.T) {
	for change, want := range map[string]string{
		"contract cap":                   "All checks are met; inputs have been changed: figures are priced again here, and differ from the engine's as delivered",
		"payers.commissioner.share":      "A CHECK IS NOT MET: see the sheet Checks",
		"metrics.M1 step-down.tariff":    "All checks are met; inputs have been changed: figures are priced again here, and differ from the engine's as delivered",
		"payers.Life Chances Fund.share": "A CHECK IS NOT MET: see the sheet Checks",
	} {
		m := described(t, workbookOf(t, subjects[0]), map[string]float64{change: 0.5})
		require.Equal(t, want, m.b.sheets[0].rows[0][1].value, change)
	}
}

func TestRefused(t *testing.T) {
	require.ErrorContains(t, Workbook{}.Write(io.Discard), "there is no result to write")
	stopped := *subjects[11].run(t)
	stopped.Incomplete = true
	require.ErrorContains(t, Workbook{Result: &stopped}.Write(io.Discard), "was stopped")
	v := subjects[11].read(t, "metrics.Weekly.cap={units: 100}")
	r, err := montecarlo.Run(t.Context(), v, montecarlo.Options{Replications: 2, TotalsOnly: true})
	require.NoError(t, err)
	require.ErrorContains(t, Workbook{Result: r}.Write(io.Discard), "metrics.Weekly: a price by tiers of a rate or beyond a number of units, with a cap in units, has no formulas")
}

// A check that is an error is not met.
func TestErrorIsNotMet(t *testing.T) {
	b := &book{}
	s := b.sheet("Checks", "Checks", []string{"check", "is", "most", "result"})
	for _, result := range []string{met, "#VALUE!", met} {
		s.add(text("check"), number(0, whole), number(0, whole), text(result))
	}
	s.add(text("all"), formula(whole, `ROWS(Checks!$D$4:$D$6)-COUNTIF(Checks!$D$4:$D$6,"%s")`, met))
	require.NoError(t, b.work())
	require.InDelta(t, 1, s.rows[3][1].value, 0)
}
