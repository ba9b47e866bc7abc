use strict;
use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6);

my ($nonce, $port, $wait) = @ARGV;
$SIG{PIPE} = 'IGNORE';

sub report { syswrite(STDERR, "$nonce$_[0]\n") }

sub attempt {
  for my $address ([AF_INET, pack_sockaddr_in($port, inet_aton('127.0.0.1'))], [AF_INET6, pack_sockaddr_in6($port, inet_pton(AF_INET6, '::1'))]) {
    socket(my $service, $address->[0], SOCK_STREAM, 0) or next;
    return $service if connect($service, $address->[1]);
  }
  return undef;
}

sub write_all {
  my ($handle, $data) = @_;
  my $done = 0;
  while ($done < length $data) {
    my $count = syswrite($handle, $data, length($data) - $done, $done);
    return 0 unless defined $count;
    $done += $count;
  }
  return 1;
}

# The end of the input means that the client is gone.
sub fill {
  my ($size, $parent) = @_;
  my $data = '';
  while (length $data < $size) {
    stop($parent) unless sysread(STDIN, $data, $size - length $data, length $data);
  }
  return $data;
}

sub stop { kill 'KILL', $_[0]; exit }

sub feed {
  my ($service, $parent) = @_;
  my $is_open = 1;
  while (1) {
    my $left = unpack('N', fill(4, $parent));
    stop($parent) if $left == 0xffffffff;
    shutdown($service, 1) if $left == 0;
    while ($left > 0) {
      my $data = fill($left < 65536 ? $left : 65536, $parent);
      $left -= length $data;
      next unless $is_open;
      $is_open = write_all($service, $data);
      report('!input') unless $is_open;
    }
  }
}

my $tries = int($wait / 50);
my $service;
until ($service = attempt()) {
  if ($tries-- <= 0) { report('!refused'); exit }
  select(undef, undef, undef, 0.05);
}
report('+perl');
my $parent = $$;
my $child = fork;
die unless defined $child;
feed($service, $parent) if $child == 0;
my ($total, $count) = (0, 0);
while ($count = sysread($service, my $data, 65536)) {
  write_all(\*STDOUT, $data) or exit;
  $total += $count;
}
report(defined $count ? "-$total" : '!broken');
waitpid($child, 0);
