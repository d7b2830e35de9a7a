package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// report writes a workbook whose cover says how it was made.
func TestReportIsAWorkbook(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two payers.xlsx")
	out, errors, code := edgeofcare(t, "report", "../../docs/example/two-payers.yaml", "--case", "high", "--cases", "low,high", "--set", "metrics.O2 taking part.tariff=1600", "-n", "8", "-o", file)
	require.Zero(t, code, errors)
	require.Equal(t, file+" written\n", out)
	f, err := excelize.OpenFile(file)
	require.NoError(t, err)
	defer f.Close()
	cover, err := f.GetRows("Cover")
	require.NoError(t, err)
	said := map[string]string{}
	for _, row := range cover {
		if len(row) == 2 {
			said[row[0]] = row[1]
		}
	}
	require.Contains(t, said["Master check"], "All checks are met: the workbook is as delivered")
	require.Equal(t, "8 replications, seed 1", said["Run"])
	require.Equal(t, "edgeofcare report ../../docs/example/two-payers.yaml --case high --cases low,high --set \"metrics.O2 taking part.tariff=1600\" -n 8 -o \"two payers.xlsx\"", said["Made with"])
	require.Contains(t, said["What it is"], "the high case with metrics.O2 taking part.tariff=1600")
	cases, err := f.GetRows("Cases")
	require.NoError(t, err)
	require.Contains(t, cases[3], "low + {metrics.O2 taking part.tariff=1600}: central")
}

// report writes a page, with charts of every part, that says how it was made.
func TestReportIsAPage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "norfolk.html")
	out, errors, code := edgeofcare(t, "report", "norfolk", "-n", "20", "-o", file)
	require.Zero(t, code, errors)
	require.Equal(t, file+" written\n", out)
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, one := range pageCharts {
		require.Contains(t, string(page), `data-chart="`+one.name+`"`)
	}
	require.Contains(t, string(page), "edgeofcare report norfolk -n 20 -o norfolk.html")
	require.NotContains(t, string(page), "could not be drawn")
	require.Less(t, len(page), 3_000_000)
}

// With --council the page is that of one council for committee, with the picture inside.
func TestReportForCommittee(t *testing.T) {
	file := filepath.Join(t.TempDir(), "committee.html")
	_, errors, code := edgeofcare(t, "report", "dn2", "--council", "Derby", "--cases", "base,medium", "-n", "20", "-o", file)
	require.Zero(t, code, errors)
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(page), "what Derby pays and what is left to it")
	require.Contains(t, string(page), `<img src="data:image/png;base64,`)
	for _, heading := range []string{"Base by financial year", "Medium by financial year", "of that, cash", "2022/23"} {
		require.Contains(t, string(page), heading)
	}
	require.NotContains(t, string(page), "<script")
	for want, flags := range map[string][]string{
		"--council takes --cases, not --case":    {"--council", "Derby", "--case", "base", "-o", file},
		"let -o end in .html":                    {"--council", "Derby", "-o", file + ".xlsx"},
		`there is no council called "Leicester"`: {"--council", "Leicester", "-o", file},
	} {
		_, errors, code := edgeofcare(t, append([]string{"report", "dn2"}, flags...)...)
		require.NotZero(t, code)
		require.Contains(t, errors, want)
	}
}

// The same cases stand in every form: the one that was fitted to payments first.
func TestTheSameCasesInEveryForm(t *testing.T) {
	want := []string{"base", "low", "medium", "high"}
	folder := t.TempDir()
	out, errors, code := edgeofcare(t, "compare", "dn2", "-n", "4", "--format", "json")
	require.Zero(t, code, errors)
	var comparison struct {
		Results []struct {
			Version struct{ Case string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out), &comparison))
	var names []string
	for _, r := range comparison.Results {
		names = append(names, r.Version.Case)
	}
	require.Equal(t, want, names)
	out, errors, code = edgeofcare(t, "compare", "dn2", "-n", "4", "--format", "csv")
	require.Zero(t, code, errors)
	book, page := filepath.Join(folder, "dn2.xlsx"), filepath.Join(folder, "dn2.html")
	for _, file := range []string{book, page} {
		_, errors, code := edgeofcare(t, "report", "dn2", "-n", "4", "-o", file)
		require.Zero(t, code, errors)
	}
	f, err := excelize.OpenFile(book)
	require.NoError(t, err)
	defer f.Close()
	cases, err := f.GetRows("Cases")
	require.NoError(t, err)
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	for i, name := range want {
		require.Equal(t, name+": central", cases[3][3+4*i])
		require.Regexp(t, `(?m)^.*,`+name+`,`, out)
		require.Regexp(t, `<th scope="col">`+name+`(: [^<]*)?</th>`, string(text))
	}
}

// What cannot be written is refused before anything is run, with what will do.
func TestReportRefusesOtherFiles(t *testing.T) {
	for arguments, want := range map[string]string{
		"":          "-o is missing: name the file to write, as in -o report.xlsx",
		"x.csv":     "-o x.csv: a report is written as .html, a page, or .xlsx, a workbook: let the name end in one of them; tables in .csv, .json, .md or .txt are written by edgeofcare run and compare",
		"x":         "-o x: a report is written as .html",
		"no/x.xlsx": "there is no folder",
	} {
		line := []string{"report", "dn2"}
		if arguments != "" {
			line = append(line, "-o", arguments)
		}
		_, errors, code := edgeofcare(t, line...)
		require.Equal(t, exitUsage, code)
		require.Contains(t, errors, want)
	}
}
