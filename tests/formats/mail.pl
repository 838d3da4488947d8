# Makes NAME.eml (quoted-printable and HTML beside it, in ISO-8859-1 where its letters allow) and NAME.mbox of NAME.txt.
use strict; use warnings; use Encode; use MIME::Base64; use MIME::QuotedPrint;

my $name = $ARGV[0];
open(my $in, '<:encoding(UTF-8)', "$name.txt") or die; local $/; my $text = <$in>; close($in);
my ($title) = $text =~ /\A(.*)/;
my $date = $name eq 'statement' ? 'Fri, 02 May 2031 09:24:00 +0200' : 'Tue, 06 May 2031 22:05:00 +0200';
my $subject = "=?UTF-8?B?" . encode_base64(encode('UTF-8', $title), '') . "?=";
my $head = "From: =?ISO-8859-1?Q?Press_desk_=C1rd?= <press\@ports.merrowin.example>\nTo: newsroom\@harbour-gazette.example\n"
    . "Subject: $subject\nDate: $date\nMessage-ID: <$name\@ports.merrowin.example>\nMIME-Version: 1.0\n";
my @paragraphs = map { s/&/&amp;/gr =~ s/</&lt;/gr } split /\n\n/, $text =~ s/\s+\z//r;
my $html = "<html><body>" . join('', map { '<p>' . s/\n/<br>/gr . '</p>' } @paragraphs) . "</body></html>\n";
my $mail = $head . "Content-Type: multipart/alternative; boundary=\"=_part_14\"\n\nThis mail has several parts.\n\n"
    . "--=_part_14\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    . encode_qp(encode('UTF-8', $text)) . "\n"
    . "--=_part_14\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    . encode_base64(encode('UTF-8', $html)) . "\n--=_part_14--\n";
open(my $eml, '>', "$name.eml") or die; print $eml ($mail =~ s/\n/\r\n/gr); close($eml);
my $plain = $head . "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" . encode_base64(encode('UTF-8', $text));
open(my $box, '>', "$name.mbox") or die;
print $box "From press\@ports.merrowin.example Fri May  2 09:24:00 2031\n$plain\n";
close($box);
